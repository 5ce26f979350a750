package io.patchbay.userspace;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.device.Directory;
import io.patchbay.spi.device.Place;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Netns;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One attachment that is to get onto its wire: what it would be there, and what it is told.
record Joining<C extends Record & End.Config>(
        Wires wires, WireSettings settings, Attachment<C> attachment, Wiring wiring) {
    /// What fits into `sun_path` beside the zero at its end (unix(7)).
    private static final int LONGEST_PATH = 107;

    /// The note of it; a look at the node refuses what cannot be.
    Member member() {
        requireShort(hostPath());
        wiring.volume().ifPresent(_ -> requireShort(podPath()));
        return new Member(
                attachment.id(),
                attachment.step(),
                attachment.pod(),
                wire(),
                attachment.config().end(),
                wiring.access(),
                wiring.volume().map(this::volume),
                Optional.empty());
    }

    private String wire() {
        return wiring.wire().orElseGet(() -> Member.key(attachment.id(), attachment.step()));
    }

    private static void requireShort(Path socket) {
        int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_PATH) {
            throw CniException.invalidConfig(
                    "the socket would be %s, which has %d octets, and a socket's path has %d at most: shorten \"wire\", \"socketFile\" or \"mountPath\""
                            .formatted(socket, length, LONGEST_PATH));
        }
    }

    private String volume(String name) {
        String uid = attachment.pod().uid();
        if (!Place.isOne(uid)) {
            throw CniException.invalidConfig(
                    "\"volume\" is \"%s\", and the runtime told no uid of pod %s: K8S_POD_UID of CNI_ARGS says it"
                            .formatted(name, attachment.pod()));
        }
        Place volume = new Place(settings.volumes(uid), name);
        if (!isThere(volume)) {
            throw CniException.invalidConfig(
                    "\"volume\" is \"%s\", and pod %s has no such emptyDir, %s is not there: give the pod one, or name another volume"
                            .formatted(name, attachment.pod(), volume));
        }
        requireFree(new Place(volume.path(), attachment.id().ifName()));
        return volume.toString();
    }

    private boolean isThere(Place volume) {
        try {
            return wires.directories().find(volume).isPresent();
        } catch (KernelException e) {
            if (e.isAbsent()) {
                return false;
            }
            throw e;
        }
    }

    private void requireFree(Place mountPoint) {
        String found;
        try {
            found =
                    wires.directories()
                            .find(mountPoint)
                            .filter(Directory::mounted)
                            .map(_ -> "something is mounted there")
                            .orElse("");
        } catch (KernelException e) {
            if (e.errno() != KernelException.ENOTDIR && e.errno() != KernelException.ELOOP) {
                throw e;
            }
            found = "something else than a directory is there";
        }
        if (!found.isEmpty()) {
            throw CniException.invalidConfig(
                    "the socket's directory would be mounted on %s of pod %s, and %s: remove it from the volume"
                            .formatted(mountPoint, attachment.pod(), found));
        }
    }

    private Path hostPath() {
        return wires.place(wire()).path().resolve(wiring.socketFile());
    }

    private Path podPath() {
        return wiring.volume().isEmpty()
                ? hostPath()
                : wiring.mountPath().resolve(attachment.id().ifName()).resolve(wiring.socketFile());
    }

    /// The result has the socket's path on the node, the device-info that in the pod.
    Attached told(Lease lease, Netns pod) {
        String name = attachment.id().ifName();
        Interface end =
                new Interface(
                        name,
                        attachment.mac().or(attachment.config()::mac),
                        0,
                        pod.path(),
                        Optional.of(hostPath().toString()),
                        Optional.empty());
        CniResult result = new LeasedLink(0, name, lease).result(List.of(end));
        return new Attached(
                attachment.told().plus(result),
                Optional.of(attachment.config().device(podPath().toString())));
    }
}
