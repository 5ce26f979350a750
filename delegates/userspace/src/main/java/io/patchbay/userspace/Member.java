package io.patchbay.userspace;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.device.Directory.Access;
import io.patchbay.spi.device.Directory.Identity;
import io.patchbay.spi.device.Place;
import io.patchbay.spi.pod.PodRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// An attachment on a wire: what DEL takes away again. It is journaled before the first effect, and
/// once more, with the directory's identity, before that is mounted.
///
/// @param step the position in the chain of the attachment
/// @param wire the directory's name
/// @param volume the path of the pod's volume that the wire is mounted into
/// @param directory the wire's, once it is made
record Member(
        AttachmentId id,
        int step,
        PodRef pod,
        String wire,
        End end,
        Access access,
        Optional<String> volume,
        Optional<Identity> directory) {
    private static final int DIGITS = 16;

    /// The name of an attachment's own wire and of its note: no configured name has a tilde.
    static String key(AttachmentId id, int step) {
        String whole = String.join("\n", id.containerId(), id.network(), id.ifName(), "" + step);
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(whole.getBytes(StandardCharsets.UTF_8));
            return id.ifName() + "~" + HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    String key() {
        return key(id, step);
    }

    Member made(Identity identity) {
        return new Member(id, step, pod, wire, end, access, volume, Optional.of(identity));
    }

    /// Where the wire is mounted for the pod.
    Optional<Place> mountPoint() {
        return volume.map(path -> new Place(Path.of(path), id.ifName()));
    }

    /// As messages name it.
    String owner() {
        return "%s of pod %s".formatted(id.ifName(), pod);
    }

    /// Why both cannot be on one wire, or nothing.
    Optional<String> conflict(Member other) {
        return end.conflict(other.end)
                .or(() ->
                        access.equals(other.access)
                                ? Optional.empty()
                                : Optional.of(
                                        "the directory would have %s and %s"
                                                .formatted(access, other.access)));
    }
}
