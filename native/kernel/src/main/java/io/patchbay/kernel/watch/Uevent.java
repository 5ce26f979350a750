package io.patchbay.kernel.watch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A uevent: `ACTION@DEVPATH`, then `KEY=VALUE` strings, a NUL behind each. Source:
/// lib/kobject_uevent.c.
final class Uevent {
    private Uevent() {}

    /// Whether it is about a PCI function, or about something that belongs to one: a link comes
    /// with an event of its own. A pod's veth, which is no business of PCI, does too.
    static boolean isOfPci(ByteBuffer content) {
        byte[] octets = new byte[content.remaining()];
        content.get(octets);
        String text = new String(octets, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return (end < 0 ? text : text.substring(0, end)).contains("/pci");
    }
}
