package io.patchbay.meta.run;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.Spi;
import io.patchbay.spi.Table;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A delegate, `paper`, that makes nothing and writes down what it is asked for.
final class PaperProvider implements DelegateProvider<PaperProvider.Config> {
    final List<String> events = new CopyOnWriteArrayList<>();
    volatile boolean delFails;
    volatile boolean unavailable;
    volatile boolean degraded;
    volatile boolean startFails;
    volatile Supplier<List<Table>> tables = List::of;

    /// What a check finds of an interface.
    volatile Consumer<String> checks = _ -> {};

    /// The containers that it took over of another program.
    final Set<String> inherited = ConcurrentHashMap.newKeySet();

    /// What a GC was to spare.
    final Set<AttachmentId> spared = ConcurrentHashMap.newKeySet();

    /// How many were at work in `add` together.
    final AtomicInteger mostAtOnce = new AtomicInteger();

    private final AtomicInteger atWork = new AtomicInteger();

    /// @param address what an attachment gets
    /// @param fault how `add` fails: `refuse`, `bug` or `hang`
    record Config(Optional<Cidr> address, Optional<String> fault) {}

    @Override
    public String type() {
        return "paper";
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Delegate<Config> create(DelegateContext context) {
        context.meters().gauge("pieces", () -> 3);
        return new Paper();
    }

    private final class Paper implements Delegate<Config> {
        @Override
        public void start() {
            if (startFails) {
                throw new IllegalStateException("the cable is missing");
            }
        }

        @Override
        public Attached add(Attachment<Config> attachment, Netns pod) {
            mostAtOnce.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            try {
                return make(attachment, pod);
            } finally {
                atWork.decrementAndGet();
            }
        }

        private Attached make(Attachment<Config> attachment, Netns pod) {
            events.add("add " + attachment.id().ifName() + " in " + pod.path());
            switch (attachment.config().fault().orElse("")) {
                case "refuse" -> throw CniException.tryAgain("nothing is free");
                case "bug" -> throw new IllegalStateException("a screw is loose");
                case "hang" -> hang();
                default -> {}
            }
            var link =
                    CniResult.Interface.inSandbox(
                            attachment.id().ifName(), new MacAddress(2), 1500, pod.path());
            List<CniResult.Ip> ips =
                    Stream.concat(
                                    attachment.config().address().stream(),
                                    attachment.ipam().acquire().ips().stream()
                                            .map(CniResult.Ip::address))
                            .map(ip -> new CniResult.Ip(ip, Optional.empty(), OptionalInt.of(0)))
                            .toList();
            return Attached.of(new CniResult(List.of(link), ips, List.of(), CniResult.Dns.EMPTY));
        }

        @Override
        public List<Table> tables() {
            return tables.get();
        }

        private void hang() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }

        @Override
        public void check(Attachment<Config> attachment, Netns pod) {
            events.add("check " + attachment.id().ifName());
            checks.accept(attachment.id().ifName());
        }

        @Override
        public void del(Detachment<Config> detachment, Optional<Netns> pod) {
            events.add(
                    "del %s of %s"
                            .formatted(detachment.id().ifName(), detachment.id().containerId()));
            if (delFails) {
                throw CniException.tryAgain("busy");
            }
        }

        @Override
        public void delInherited(String containerId, Optional<Netns> pod, Instant deadline) {
            if (inherited.contains(containerId)) {
                events.add("del inherited " + containerId);
                if (delFails) {
                    throw CniException.tryAgain("busy");
                }
                inherited.remove(containerId);
            }
        }

        @Override
        public boolean inherits(String containerId) {
            return inherited.contains(containerId);
        }

        @Override
        public void gc(NetworkConfig<Config> network, Set<AttachmentId> valid) {
            events.add("gc " + network.network());
            spared.addAll(valid);
        }

        @Override
        public void status(NetworkConfig<Config> network) {
            events.add("status " + network.network());
            if (degraded) {
                throw new CniException(Standard.UNAVAILABLE_AND_DEGRADED, "the cloud is away");
            }
            if (unavailable) {
                throw CniException.tryAgain("the pool is empty");
            }
        }
    }
}
