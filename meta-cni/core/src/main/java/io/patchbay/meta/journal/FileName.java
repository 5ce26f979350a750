package io.patchbay.meta.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Turns any key into the name of a file, so that two keys never share one and no key leaves its
/// directory. Letters, digits and `_ - . : @ = + ,` stay; the rest becomes `%XX`, as does a dot in
/// front, for names with one belong to temporary files.
public final class FileName {
    private static final String KEPT = "_-.:@=+,";
    private static final HexFormat UPPER = HexFormat.of().withUpperCase();
    // NAME_MAX is 255 bytes (limits.h); temporary files and what is set aside add to the name.
    private static final int LONGEST = 200;
    private static final int DIGEST = 16;

    private FileName() {}

    /// A key too long for a file's name is cut, and a digest of it follows behind a `~`.
    public static String of(String key) {
        StringBuilder name = new StringBuilder();
        for (byte octet : key.getBytes(StandardCharsets.UTF_8)) {
            boolean hidden = octet == '.' && name.isEmpty();
            if (isKept(octet) && !hidden) {
                name.append((char) octet);
            } else {
                name.append('%').append(UPPER.toHexDigits(octet));
            }
        }
        if (name.isEmpty()) {
            return "%";
        }
        return name.length() <= LONGEST ? name.toString() : shortened(name.toString(), key);
    }

    private static boolean isKept(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || KEPT.indexOf(octet) >= 0;
    }

    private static String shortened(String name, String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.getBytes(StandardCharsets.UTF_8));
            String tail = "~" + HexFormat.of().formatHex(digest, 0, DIGEST);
            return name.substring(0, LONGEST - tail.length()) + tail;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
