package io.patchbay.meta.delegate;

import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.PluginConfig;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.meta.plan.PlannedStep;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.Capabilities;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.ipam.Ipam;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.net.Announcer;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Nft;
import io.patchbay.spi.net.Rtnl;
import io.patchbay.spi.net.Sysctl;
import io.patchbay.spi.pod.PodRef;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Attachments on paper, for tests.
public final class Steps {
    public static final AttachmentId ID = new AttachmentId("cid-1", "red", "net1");

    private Steps() {}

    public static PlannedAttachment attachment(String json, Path... path) {
        return attachment(CniVersion.V1_1_0, json, path);
    }

    public static PlannedAttachment attachment(CniVersion version, String json, Path... path) {
        PlannedStep step =
                new PlannedStep(
                        0,
                        new PluginConfig(Json.decodeObject("the test", json.replace('\'', '"'))),
                        Capabilities.NONE,
                        Map.of("K8S_POD_NAME", "web", "IP", "10.0.0.9"),
                        List.of(path).stream().map(Path::toString).toList(),
                        Optional.empty());
        return new PlannedAttachment(
                ID,
                "default/red",
                version,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(step));
    }

    /// The only step of an attachment, in the one role or the other.
    public record Step<C extends Record>(C given, Optional<CniResult> previous, Instant deadline)
            implements Attachment<C> {
        @Override
        public AttachmentId id() {
            return ID;
        }

        @Override
        public int step() {
            return 0;
        }

        @Override
        public PodRef pod() {
            return new PodRef("default", "web", "");
        }

        @Override
        public C config() {
            return given;
        }

        @Override
        public Capabilities capabilities() {
            return Capabilities.NONE;
        }

        @Override
        public Map<String, String> args() {
            return Map.of();
        }

        @Override
        public Optional<DeviceId> device() {
            return Optional.empty();
        }

        @Override
        public Optional<DeviceInfo> deviceInfo() {
            return Optional.empty();
        }

        @Override
        public Netns host() {
            return new PathOnly("/proc/1/ns/net");
        }

        @Override
        public Ipam ipam() {
            return () -> Lease.EMPTY;
        }

        @Override
        public int group() {
            return 1;
        }

        @Override
        public int ifindex(int n) {
            return n;
        }

        public Detachment<C> undone() {
            return new Undone<>(this);
        }
    }

    private record Undone<C extends Record>(Step<C> of) implements Detachment<C> {
        @Override
        public AttachmentId id() {
            return of.id();
        }

        @Override
        public int step() {
            return of.step();
        }

        @Override
        public PodRef pod() {
            return of.pod();
        }

        @Override
        public Optional<C> config() {
            return Optional.of(of.given());
        }

        @Override
        public Optional<CniResult> result() {
            return of.previous();
        }

        @Override
        public Netns host() {
            return of.host();
        }

        @Override
        public int group() {
            return of.group();
        }

        @Override
        public int ifindex(int n) {
            return of.ifindex(n);
        }

        @Override
        public Instant deadline() {
            return of.deadline();
        }
    }

    /// A namespace of which only the path is used.
    public record PathOnly(String path) implements Netns {
        @Override
        public int descriptor() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long inode() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Rtnl rtnl() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Nft nft() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Sysctl sysctl() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Announcer announcer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T inside(Supplier<T> action) {
            throw new UnsupportedOperationException();
        }
    }
}
