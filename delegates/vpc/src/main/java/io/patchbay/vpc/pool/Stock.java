package io.patchbay.vpc.pool;

/// How many free addresses are kept for pods that may come.
public sealed interface Stock {
    /// @param used how many addresses pods have
    /// @param slots how many blocks an interface takes
    /// @param block how many addresses a block has
    Band band(int used, int slots, int block);

    /// Ours, where nothing is set: a tenth of what pods have, so that it follows the node's own
    /// density, but enough for the burst of pods that comes before EC2 has answered. Pods that wait
    /// are served beside it.
    record Proportional() implements Stock {
        private static final int SHARE = 10;
        private static final int LEAST = 4;
        private static final int MOST = 32;

        @Override
        public Band band(int used, int slots, int block) {
            int low = Math.clamp(Math.ceilDiv(used, SHARE), LEAST, MOST);
            int fill = 2 * low;
            return new Band(low, fill, fill + Math.max(fill, 2 * block), false);
        }
    }

    /// WARM_IP_TARGET and MINIMUM_IP_TARGET.
    record Addresses(int warm, int minimum) implements Stock {
        @Override
        public Band band(int used, int slots, int block) {
            int free = Math.max(warm, minimum - used);
            return new Band(free, free, free + Math.max(block, Math.ceilDiv(free, 2)), false);
        }
    }

    /// WARM_ENI_TARGET, of single addresses. Zero still keeps one address, as there.
    record Interfaces(int warm) implements Stock {
        @Override
        public Band band(int used, int slots, int block) {
            int each = slots * block;
            int low = Math.max(1, warm * each);
            return new Band(low, low, low + each - 1 + each / 2, true);
        }
    }

    /// WARM_PREFIX_TARGET. Zero still keeps one address, as there.
    record Prefixes(int warm) implements Stock {
        private static final int SIZE = 16;

        @Override
        public Band band(int used, int slots, int block) {
            int low = Math.max(1, warm * SIZE);
            return new Band(low, low, low + 2 * SIZE - 1, false);
        }
    }
}
