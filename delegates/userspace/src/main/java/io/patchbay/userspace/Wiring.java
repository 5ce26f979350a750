package io.patchbay.userspace;

import io.patchbay.spi.device.Directory;
import io.patchbay.spi.device.Directory.Access;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What both types say about the directory of the socket.
///
/// @param wire its name where several attachments of the node share it; empty for one of its own
/// @param volume the pod's volume that it is mounted into; empty where nothing is mounted
/// @param mountPath where the pod's containers mount that volume
/// @param socketFile the socket's name in the directory
record Wiring(
        Optional<String> wire,
        Optional<String> volume,
        Path mountPath,
        String socketFile,
        Access access) {
    private static final Path MOUNT_PATH = Path.of("/var/run/patchbay");
    private static final int MODE = 0770;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern OCTAL = Pattern.compile("[0-7]{3,4}");
    private static final Pattern OWNER = Pattern.compile("[0-9]{1,9}:[0-9]{1,9}");
    private static final Pattern CONTEXT =
            Pattern.compile("[A-Za-z0-9_.-]+(:[A-Za-z0-9_.-]+){2}(:[A-Za-z0-9_.,:-]+)?");

    static Wiring of(
            Optional<String> wire,
            Optional<String> volume,
            Optional<String> mountPath,
            Optional<String> socketFile,
            String usualFile,
            Optional<String> owner,
            Optional<String> directoryMode,
            Optional<String> selinuxLabel) {
        require("wire", wire, NAME, "a name has up to 63 letters, digits, -, _ and .");
        require("volume", volume, LABEL, "a pod's volume is named by small letters, digits and -");
        require("socketFile", socketFile, NAME, "a name has up to 63 letters, digits, -, _ and .");
        require("owner", owner, OWNER, "write two numbers, as in 1000:1000");
        require("directoryMode", directoryMode, OCTAL, "write three or four octal digits");
        require("selinuxLabel", selinuxLabel, CONTEXT, "write user:role:type:level");
        mountPath
                .filter(Predicate.not(Wiring::isPlain))
                .ifPresent(path -> {
                    throw new IllegalArgumentException(
                            "\"mountPath\" is \"%s\": write an absolute path without . or .. or a slash at its end"
                                    .formatted(path));
                });
        if (mountPath.isPresent() && volume.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"mountPath\" is \"%s\", and no \"volume\" is named that could be mounted there: name one"
                            .formatted(mountPath.get()));
        }
        return new Wiring(
                wire,
                volume,
                mountPath.map(Path::of).orElse(MOUNT_PATH),
                socketFile.orElse(usualFile),
                access(owner.orElse("0:0"), directoryMode, selinuxLabel));
    }

    private static void require(String key, Optional<String> value, Pattern form, String rule) {
        value.filter(text -> !form.matcher(text).matches())
                .ifPresent(text -> {
                    throw new IllegalArgumentException(
                            "\"%s\" is \"%s\": %s".formatted(key, text, rule));
                });
    }

    /// Whether a text is an absolute path as the kernel would write it.
    static boolean isPlain(String path) {
        return path.startsWith("/")
                && path.length() > 1
                && path.chars().noneMatch(Character::isISOControl)
                && Path.of(path).normalize().toString().equals(path);
    }

    private static Access access(
            String owner, Optional<String> directoryMode, Optional<String> selinuxLabel) {
        int colon = owner.indexOf(':');
        return new Access(
                directoryMode.map(mode -> Integer.parseInt(mode, 8)).orElse(MODE),
                Integer.parseInt(owner.substring(0, colon)),
                Integer.parseInt(owner.substring(colon + 1)),
                selinuxLabel);
    }

    /// Whether a directory is as it should be; where no label is asked for any will do.
    static boolean isAs(Access wanted, Directory directory) {
        Access now = directory.access();
        return now.mode() == wanted.mode()
                && now.uid() == wanted.uid()
                && now.gid() == wanted.gid()
                && (wanted.label().isEmpty() || wanted.label().equals(now.label()));
    }
}
