package io.patchbay.kernel.rtnl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/// One request as a set of lines: its header, its fixed part, and each attribute by its path, such
/// as `18/1 = 76657468`. It is read without the code under test.
final class WireTree {
    private static final HexFormat HEX = HexFormat.of();
    private static final int HEADER = 16;
    private static final int IFINFOMSG = 16;

    /// The kind of object a message is about, by the first of the four types about it.
    private enum About {
        LINK(16, 16),
        ADDRESS(20, 8),
        ROUTE(24, 12),
        NEIGHBOUR(28, 12),
        RULE(32, 12),
        LINK_PROPERTY(108, 16);

        private final int firstType;
        private final int fixed;

        About(int firstType, int fixed) {
            this.firstType = firstType;
            this.fixed = fixed;
        }

        static About of(int type) {
            for (About about : values()) {
                if (about.firstType == (type & ~3)) {
                    return about;
                }
            }
            throw new AssertionError("no message type is " + type);
        }
    }

    private final NavigableSet<String> lines = new TreeSet<>();
    private final byte[] octets;
    private final ByteBuffer message;
    private final About about;

    private WireTree(byte[] octets) {
        this.octets = octets;
        this.message = ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder());
        this.about = About.of(message.getShort(4));
    }

    static NavigableSet<String> of(byte[] octets) {
        return new WireTree(octets).read();
    }

    private NavigableSet<String> read() {
        if (message.getInt(0) != octets.length) {
            lines.add("length = %d of %d".formatted(message.getInt(0), octets.length));
        }
        lines.add("type = " + message.getShort(4));
        lines.add("flags = 0x%x".formatted(message.getShort(6)));
        lines.add("fixed = " + hex(HEADER, HEADER + about.fixed));
        walk(HEADER + about.fixed, octets.length, "");
        return lines;
    }

    private void walk(int from, int to, String path) {
        int at = from;
        while (at < to) {
            int length = message.getShort(at);
            int type = message.getShort(at + 2) & 0x3fff;
            attribute(at + 4, at + length, path + type);
            at += (length + 3) & ~3;
        }
    }

    private void attribute(int from, int to, String path) {
        if (isNest(path)) {
            walk(from, to, path + "/");
        } else if (about == About.LINK && path.equals("18/2/1") && to - from > IFINFOMSG) {
            lines.add(path + " fixed = " + hex(from, from + IFINFOMSG));
            walk(from + IFINFOMSG, to, path + "/");
        } else {
            // The kernel takes the name of a kind with and without a NUL; ip sends none.
            boolean ended = about == About.LINK && path.equals("18/1") && octets[to - 1] == 0;
            lines.add(path + " = " + hex(from, ended ? to - 1 : to));
        }
    }

    private boolean isNest(String path) {
        return switch (about) {
            case LINK ->
                    Set.of("18", "18/2", "22", "22/1", "22/1/12", "26/2", "26/2/1").contains(path);
            case LINK_PROPERTY -> path.equals("52");
            case ROUTE -> path.equals("8");
            default -> false;
        };
    }

    private String hex(int from, int to) {
        return HEX.formatHex(octets, from, to);
    }
}
