package io.patchbay.spi.device;

import io.patchbay.spi.net.Link;
import java.util.regex.Pattern;

/// A PCI function's place on its bus, domain and all, as in `0000:01:10.0`. It is the function's
/// identity for as long as the machine runs. Source: PCI Local Bus Specification 3.0 §6.1.
public record PciAddress(String value) implements Comparable<PciAddress> {
    private static final Pattern SYNTAX =
            Pattern.compile("[0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\\.[0-7]");
    private static final Pattern SHORT = Pattern.compile("[0-9a-f]{2}:[01][0-9a-f]\\.[0-7]");

    public PciAddress {
        if (!SYNTAX.matcher(value).matches()) {
            String hint =
                    SHORT.matcher(value).matches()
                            ? "its domain is missing, as in 0000:" + value
                            : "write domain, bus, device and function in lower case, as in"
                                    + " 0000:01:10.0";
            throw new IllegalArgumentException("\"" + value + "\" is no PCI address: " + hint);
        }
    }

    /// Reads the form that sysfs has; the short one without a domain is refused, and so is anything
    /// else: an IllegalArgumentException that quotes it.
    public static PciAddress parse(String text) {
        return new PciAddress(text);
    }

    /// Whether a text is one: an auxiliary device's name is not.
    public static boolean isOne(String text) {
        return SYNTAX.matcher(text).matches();
    }

    /// Whether a link, in whatever namespace, is of the function at this place.
    public boolean has(Link link) {
        return link.device().filter(value::equals).isPresent();
    }

    @Override
    public int compareTo(PciAddress other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
