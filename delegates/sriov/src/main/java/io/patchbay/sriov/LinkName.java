package io.patchbay.sriov;

import java.util.regex.Pattern;

/// What the kernel takes as the name of a link: dev_valid_name of net/core/dev.c.
final class LinkName {
    /// IFNAMSIZ of linux/if.h, without the octet that ends it.
    private static final int LONGEST = 15;

    private static final Pattern SYNTAX = Pattern.compile("[^\\s/:\\p{Cntrl}]{1," + LONGEST + "}");

    private LinkName() {}

    /// Throws an IllegalArgumentException that names the key and the value.
    static void require(String key, String name) {
        if (!SYNTAX.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException(
                    "\"%s\" is \"%s\": a link's name has 1 to %d characters, and no space, slash or colon"
                            .formatted(key, name, LONGEST));
        }
    }
}
