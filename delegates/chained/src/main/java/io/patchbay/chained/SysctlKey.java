package io.patchbay.chained;

import java.util.List;

/// A sysctl as a network names it, such as `net.ipv4.conf.IFNAME.arp_filter`; with slashes for dots
/// a link's name may hold dots. IFNAME stands for the name of the link.
record SysctlKey(String written) {
    private static final String LINK = "IFNAME";

    SysctlKey {
        List<String> parts = List.of(path(written).split("/", -1));
        if (parts.size() < 2
                || !parts.getFirst().equals("net")
                || parts.stream().anyMatch(SysctlKey::isNoName)) {
            throw new IllegalArgumentException(
                    "\"sysctl\" names \"%.80s\": only those below net can be set, written like net.ipv4.conf.IFNAME.arp_filter"
                            .formatted(written.replace('\0', ' ')));
        }
    }

    private static boolean isNoName(String part) {
        return part.isBlank() || part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0;
    }

    private static String path(String written) {
        int slash = written.indexOf('/');
        int dot = written.indexOf('.');
        boolean slashes = slash >= 0 && (dot < 0 || slash < dot);
        return slashes ? written : written.replace('.', '/');
    }

    boolean isOfLink() {
        return written.contains(LINK);
    }

    /// Its path below /proc/sys, for a link of that name.
    String path(CharSequence link) {
        String path = path(written);
        int at = path.indexOf(LINK);
        return at < 0 ? path : path.substring(0, at) + link + path.substring(at + LINK.length());
    }

    @Override
    public String toString() {
        return written;
    }
}
