package io.patchbay.meta.cni;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a name must look like. Each method says what is wrong with one, in words that may follow
/// the name.
public final class Names {
    // CNI SPEC.md, "Container" and "Network configuration format": both have the one syntax.
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
    // Names of files are made of identifiers, and NAME_MAX is 255 bytes.
    private static final int LONGEST_IDENTIFIER = 200;
    // IFNAMSIZ is 16 with the NUL (linux/if.h).
    private static final int LONGEST_INTERFACE = 15;
    // Directories below /proc/sys/net/ipv4/conf, so devinet.c takes no link of these names.
    private static final Set<String> KERNEL_NAMES = Set.of("all", "default");

    private Names() {}

    /// A container's id or a network's name.
    public static Optional<String> identifierProblem(String name) {
        if (!IDENTIFIER.matcher(name).matches()) {
            return Optional.of(
                    "does not start with a letter or digit followed by letters, digits, \"_\", \".\", \"-\"");
        }
        return name.length() > LONGEST_IDENTIFIER
                ? Optional.of("is longer than " + LONGEST_IDENTIFIER + " characters")
                : Optional.empty();
    }

    /// The name of a link in a pod. Source: CNI SPEC.md, "Parameters"; net/core/dev.c,
    /// dev_valid_name and dev_alloc_name.
    public static Optional<String> interfaceProblem(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0) {
            return Optional.of("is empty");
        }
        if (bytes.length > LONGEST_INTERFACE) {
            return Optional.of(
                    "has %d bytes: an interface name has at most %d"
                            .formatted(bytes.length, LONGEST_INTERFACE));
        }
        if (name.equals(".") || name.equals("..")) {
            return Optional.of("is a directory");
        }
        for (byte octet : bytes) {
            if (octet == '/' || octet == ':') {
                return Optional.of("holds \"" + (char) octet + "\"");
            }
            // The kernel's isspace() is that of Latin-1, where 0xA0 is a space.
            if ((octet >= 0 && octet <= ' ') || octet == 0x7F || octet == (byte) 0xA0) {
                return Optional.of("holds white space or a control character");
            }
            if (octet == '%') {
                return Optional.of("holds \"%\": the kernel would read it as a pattern");
            }
        }
        if (name.equals("lo")) {
            return Optional.of("is taken: every network namespace has its own loopback");
        }
        return KERNEL_NAMES.contains(name)
                ? Optional.of("is reserved by the kernel")
                : Optional.empty();
    }
}
