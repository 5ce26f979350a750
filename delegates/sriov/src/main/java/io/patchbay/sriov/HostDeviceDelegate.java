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
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.Uplink;
import io.patchbay.spi.net.Netns;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Lends devices of the host to pods, as they are.
final class HostDeviceDelegate implements Delegate<HostDeviceConfig> {
    private final DelegateContext context;
    private final Loans loans;
    private final VirtualFunctions functions;
    private final Returns returns;

    HostDeviceDelegate(DelegateContext context, Loans loans, VirtualFunctions functions) {
        this.context = context;
        this.loans = loans;
        this.functions = functions;
        this.returns = new Returns(loans, functions, new Queues(), context.host());
    }

    @Override
    public void start() {
        returns.start();
    }

    @Override
    public void probe(Attachment<HostDeviceConfig> attachment, Netns pod) {
        attachment.ipam().probe(uplink(attachment, pod));
    }

    @Override
    public Attached add(Attachment<HostDeviceConfig> attachment, Netns pod) {
        Uplink uplink = uplink(attachment, pod);
        Supplier<Lease> lease =
                Lent.lease(attachment.ipam(), () -> attachment.ipam().acquire(uplink));
        return lending(attachment).lend(pod).with(lease, attachment, pod);
    }

    private Uplink uplink(Attachment<HostDeviceConfig> attachment, Netns pod) {
        return Uplink.given(lending(attachment).refuseUnfit(pod).link());
    }

    private HostDeviceLending lending(Attachment<HostDeviceConfig> attachment) {
        return new HostDeviceLending(functions.pci(), loans, attachment);
    }

    @Override
    public void check(Attachment<HostDeviceConfig> attachment, Netns pod) {
        Loan loan = loans.get(attachment.id(), attachment.step());
        new Presence(functions, loan).checkPlain(attachment, pod);
    }

    @Override
    public void del(Detachment<HostDeviceConfig> detachment, Optional<Netns> pod) {
        returns.del(detachment, pod);
    }

    @Override
    public void gc(NetworkConfig<HostDeviceConfig> network, Set<AttachmentId> valid) {
        returns.gc(network.network(), valid);
    }

    /// A device that a pod has is as it should be; which one a pod will bring is not known.
    @Override
    public void status(NetworkConfig<HostDeviceConfig> network) {
        Optional<DeviceName> named = network.config().named();
        if (named.isEmpty() || loans.all().stream().anyMatch(named.get()::meant)) {
            return;
        }
        try {
            new HostDevices(functions.pci(), context.host(), loans)
                    .get(named.get())
                    .link()
                    .ifPresent(link -> HostDeviceLending.refuseNeeded(context.host(), link));
        } catch (CniException e) {
            throw new CniException(Standard.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<Table> tables() {
        return List.of(
                new Table(
                        "devices",
                        List.of("DEVICE", "LINK", "POD", "IFNAME", "CONTAINER", "NETWORK"),
                        loans.all().stream()
                                .sorted(Comparator.comparing(loan -> loan.device().value()))
                                .map(loan ->
                                        List.of(
                                                loan.device().value(),
                                                loan.link().map(HostLink::name).orElse("-"),
                                                loan.pod().toString(),
                                                loan.id().ifName(),
                                                loan.id().containerId(),
                                                loan.id().network()))
                                .toList()));
    }
}
