package io.patchbay.vpc.eni;

/// How many blocks of a kind are to be assigned.
public record Order(Kind kind, int count) {
    public enum Kind {
        /// Single secondary addresses.
        ADDRESSES,
        /// Prefixes of sixteen addresses (/28).
        PREFIXES,
        /// Prefixes of IPv6 (/80).
        IPV6_PREFIXES;

        public Family family() {
            return this == IPV6_PREFIXES ? Family.IPV6 : Family.IPV4;
        }
    }

    public static Order addresses(int count) {
        return new Order(Kind.ADDRESSES, count);
    }

    public static Order prefixes(int count) {
        return new Order(Kind.PREFIXES, count);
    }

    public static Order ipv6Prefixes(int count) {
        return new Order(Kind.IPV6_PREFIXES, count);
    }
}
