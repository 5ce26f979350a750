package io.patchbay.kit.cord;

import io.patchbay.spi.DelegateProvider;
import java.util.Optional;
import java.util.stream.Stream;

/// For every rule a delegate that breaks it, and no other.
public final class BrokenCords {
    private BrokenCords() {}

    public static Optional<DelegateProvider<?>> find(int rule) {
        return Stream.of(
                        BrokenAdds.BY_RULE,
                        BrokenChecks.BY_RULE,
                        BrokenDels.BY_RULE,
                        BrokenUnderFault.BY_RULE)
                .filter(broken -> broken.containsKey(rule))
                .findFirst()
                .<DelegateProvider<?>>map(broken -> CordProvider.of(broken.get(rule)))
                .or(() -> Optional.ofNullable(BrokenProviders.BY_RULE.get(rule)));
    }
}
