package io.patchbay.dpdk.pod;

/// Sizes of pages, as the kernel spells them here and there.
final class PageSize {
    static final long KIB = 1024;
    static final long MIB = KIB * KIB;
    static final long GIB = KIB * MIB;

    private PageSize() {}

    /// Of a mount's option: `2M`, `1024M`, `64K`, `1G`.
    static long parse(String text) {
        long unit =
                switch (text.isEmpty() ? ' ' : text.charAt(text.length() - 1)) {
                    case 'K' -> KIB;
                    case 'M' -> MIB;
                    case 'G' -> GIB;
                    default -> 1;
                };
        String digits = unit == 1 ? text : text.substring(0, text.length() - 1);
        try {
            return Math.multiplyExact(Long.parseLong(digits), unit);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new PodException(
                    "a mount of hugetlbfs says pagesize=%s, which is no size as 2M".formatted(text),
                    e);
        }
    }

    /// In the names of the hugetlb controller's files: `2MB`, `1GB`.
    static String ofKernel(long size) {
        return inUnits(size) + "B";
    }

    /// In the names of the network resources injector's files: `2M`, `1G`.
    static String inUnits(long size) {
        if (size >= GIB) {
            return size / GIB + "G";
        }
        return size >= MIB ? size / MIB + "M" : size / KIB + "K";
    }
}
