package io.patchbay.sriov;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.Table;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.Virtual;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Lends virtual functions to pods, as links or to be driven by a process.
final class SriovDelegate implements Delegate<SriovConfig> {
    private static final System.Logger LOG = System.getLogger(SriovDelegate.class.getName());

    private final DelegateContext context;
    private final Loans loans;
    private final VirtualFunctions functions;
    private final Queues queues = new Queues();
    private final Declarations declarations;

    SriovDelegate(DelegateContext context, Loans loans, VirtualFunctions functions) {
        this.context = context;
        this.loans = loans;
        this.functions = functions;
        this.declarations =
                new Declarations(
                        context.settings(SriovSettings.class).physicalFunctions(),
                        functions.pci(),
                        context.host(),
                        loans,
                        queues);
    }

    /// What came home while nobody looked is given back now; the rest is DEL's and GC's. Then the
    /// cards are made what patchbay.yaml declares, now and whenever they are not.
    @Override
    public void start() {
        for (Loan loan : loans.all()) {
            boolean home =
                    loan.mode() == Loan.Mode.LINK
                            && new Passage(context.host(), loan::owns)
                                    .find(context.host())
                                    .isPresent();
            if (home) {
                try {
                    giveBack(loan, context.host(), Optional.empty());
                } catch (CniException | KernelException e) {
                    LOG.log(System.Logger.Level.WARNING, "{0}", e.getMessage());
                }
            }
        }
        Lookout lookout = new Lookout(functions.pci(), loans, declarations, context.meters());
        lookout.look();
        lookout.meter();
        context.run("lookout", lookout);
    }

    @Override
    public List<Table> tables() {
        return List.of(
                Inventory.of(functions.pci().functions(), loans.all()).table(),
                DeclaredTable.of(declarations.outcomes()));
    }

    @Override
    public void probe(Attachment<SriovConfig> attachment, Netns pod) {
        lending(attachment).refuseUnfit(device(attachment));
    }

    @Override
    public Attached add(Attachment<SriovConfig> attachment, Netns pod) {
        PciAddress device = device(attachment);
        PciAddress physical = VirtualFunctions.virtual(functions.get(device)).physical();
        Lease lease = attachment.ipam().acquire();
        Lent lent = lend(attachment, device, physical, pod);
        String name = attachment.id().ifName();
        LeasedLink link = new LeasedLink(lent.link().map(Link::index).orElse(0), name, lease);
        if (lent.link().isPresent()) {
            link.configure(pod);
            link.announce(pod);
        }
        CniResult result = link.result(List.of(lent.told(name, pod)));
        return new Attached(
                attachment.previous().map(before -> before.plus(result)).orElse(result),
                Optional.of(lent.device()));
    }

    private Lent lend(
            Attachment<SriovConfig> attachment, PciAddress device, PciAddress physical, Netns pod) {
        try {
            return queues.inTurn(physical, () -> lending(attachment).lend(device, pod));
        } catch (KernelException e) {
            throw Refusals.of(e, device);
        }
    }

    private Lending lending(Attachment<SriovConfig> attachment) {
        return new Lending(functions, loans, attachment);
    }

    /// What the kubelet or the pod named comes first.
    private static PciAddress device(Attachment<SriovConfig> attachment) {
        String named =
                attachment
                        .device()
                        .map(DeviceId::value)
                        .or(() -> attachment.config().deviceID())
                        .filter(id -> !id.isEmpty())
                        .orElseThrow(() ->
                                CniException.invalidConfig(
                                        "network %s has no device: give it the annotation k8s.v1.cni.cncf.io/resourceName of a resource that the pod asks for, or a \"deviceID\""
                                                .formatted(attachment.id().network())));
        try {
            return PciAddress.parse(named);
        } catch (IllegalArgumentException e) {
            throw CniException.invalidConfig("\"deviceID\": " + e.getMessage());
        }
    }

    @Override
    public void check(Attachment<SriovConfig> attachment, Netns pod) {
        Loan loan =
                loans.of(attachment.id(), attachment.step()).stream()
                        .findFirst()
                        .orElseThrow(() ->
                                CniException.changed(
                                        "%s should have a device, and has none"
                                                .formatted(attachment.id())));
        new Presence(functions, loan).check(attachment, pod);
    }

    @Override
    public void del(Detachment<SriovConfig> detachment, Optional<Netns> pod) {
        for (Loan loan : loans.of(detachment.id(), detachment.step())) {
            giveBack(loan, detachment.host(), pod);
        }
    }

    private void giveBack(Loan loan, Netns host, Optional<Netns> pod) {
        PciAddress queue =
                loan.port()
                        .map(Loan.Port::physical)
                        .or(() -> functions.pci().find(loan.device()).flatMap(this::physical))
                        .orElse(loan.device());
        boolean _ =
                queues.inTurn(
                        queue,
                        () -> {
                            new Returning(functions, host, pod).giveBack(loan);
                            loans.end(loan);
                            return true;
                        });
    }

    private Optional<PciAddress> physical(PciFunction function) {
        return function.kind() instanceof Virtual virtual
                ? Optional.of(virtual.physical())
                : Optional.empty();
    }

    @Override
    public void gc(NetworkConfig<SriovConfig> network, Set<AttachmentId> valid) {
        for (Loan loan : loans.all()) {
            if (loan.id().network().equals(network.network()) && !valid.contains(loan.id())) {
                giveBack(loan, context.host(), Optional.empty());
            }
        }
    }

    @Override
    public void status(NetworkConfig<SriovConfig> network) {
        List<PciFunction> all =
                functions.pci().functions().stream()
                        .filter(function -> function.kind() instanceof Virtual)
                        .toList();
        if (all.isEmpty()) {
            throw new CniException(
                    Standard.UNAVAILABLE,
                    "this node has no virtual function: make some by sriov_numvfs, or declare them in patchbay.yaml");
        }
        if (network.config().driver().isPresent()
                && !functions.pci().drivers().contains(UserSpace.VFIO)) {
            throw new CniException(
                    Standard.UNAVAILABLE,
                    "driver %s is not loaded: modprobe %s"
                            .formatted(UserSpace.VFIO, UserSpace.VFIO));
        }
    }
}
