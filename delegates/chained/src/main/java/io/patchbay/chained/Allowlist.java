package io.patchbay.chained;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which sysctls networks may set: those in which an expression of each list that there is is
/// found. The file is the reference plugin's, and is read anew each time, as it does.
record Allowlist(Optional<List<String>> declared, Path file) {
    private static final String OF_THE_REFERENCE = "/etc/cni/tuning/allowlist.conf";

    static Allowlist of(TuningSettings settings) {
        return new Allowlist(
                settings.allowlist(), Path.of(settings.allowlistFile().orElse(OF_THE_REFERENCE)));
    }

    /// @param code of the refusal
    void refuseOthers(List<SysctlKey> keys, Standard code) {
        if (keys.isEmpty()) {
            return;
        }
        declared.ifPresent(list -> refuse(keys, list, "\"allowlist\" of patchbay.yaml", code));
        read(code).ifPresent(list -> refuse(keys, list, file.toString(), code));
    }

    private static void refuse(
            List<SysctlKey> keys, List<String> expressions, String where, Standard code) {
        List<Pattern> patterns = compile(expressions, where, code);
        for (SysctlKey key : keys) {
            if (patterns.stream().noneMatch(pattern -> pattern.matcher(key.written()).find())) {
                throw new CniException(
                        code,
                        "sysctl \"%s\" is not allowed on this node: %s allows %s"
                                .formatted(key, where, expressions));
            }
        }
    }

    private static List<Pattern> compile(List<String> expressions, String where, Standard code) {
        try {
            return expressions.stream()
                    .map(expression -> TuningSettings.compile(where, expression))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new CniException(code, String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<List<String>> read(Standard code) {
        try {
            return Optional.of(
                    Files.readAllLines(file).stream()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .toList());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CniException(
                    code == Standard.UNAVAILABLE ? code : Standard.IO_FAILURE,
                    "%s, which says what sysctls may be set, cannot be read: %s"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }
}
