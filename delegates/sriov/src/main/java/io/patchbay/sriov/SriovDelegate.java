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
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.device.PciFunction;
import io.patchbay.spi.device.PciFunction.Virtual;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Lends virtual functions to pods, as links or to be driven by a process.
final class SriovDelegate implements Delegate<SriovConfig> {
    private final DelegateContext context;
    private final Loans loans;
    private final VirtualFunctions functions;
    private final Queues queues = new Queues();
    private final Declarations declarations;
    private final Returns returns;

    SriovDelegate(DelegateContext context, Loans loans, VirtualFunctions functions) {
        this.context = context;
        this.loans = loans;
        this.functions = functions;
        this.returns = new Returns(loans, functions, queues, context.host());
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
        returns.start();
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
        Supplier<Lease> lease = Lent.lease(attachment.ipam(), attachment.ipam()::acquire);
        return lend(attachment, device, physical, pod).with(lease, attachment, pod);
    }

    private Lent lend(
            Attachment<SriovConfig> attachment, PciAddress device, PciAddress physical, Netns pod) {
        try {
            return queues.inTurn(physical, () -> lending(attachment).lend(device, pod));
        } catch (KernelException e) {
            throw Refusals.of(e, Loan.key(device));
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
        Loan loan = loans.get(attachment.id(), attachment.step());
        new Presence(functions, loan).check(attachment, pod);
    }

    @Override
    public void del(Detachment<SriovConfig> detachment, Optional<Netns> pod) {
        returns.del(detachment, pod);
    }

    @Override
    public void gc(NetworkConfig<SriovConfig> network, Set<AttachmentId> valid) {
        returns.gc(network.network(), valid);
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
