package io.patchbay.kit.cord;

import io.patchbay.spi.DelegateProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// For every rule the delegates that break it.
public final class BrokenCords {
    private BrokenCords() {}

    /// The first breaks no other rule; the others break what that one keeps of this.
    public static List<DelegateProvider<?>> of(int rule) {
        return Stream.concat(
                        first(rule).stream(),
                        Arrays.stream(HalfBroken.values())
                                .filter(broken -> broken.rule() == rule)
                                .map(HalfBroken::provider))
                .toList();
    }

    private static Optional<DelegateProvider<?>> first(int rule) {
        return Stream.of(
                        BrokenAdds.BY_RULE,
                        BrokenChecks.BY_RULE,
                        BrokenDels.BY_RULE,
                        BrokenUnderFault.BY_RULE)
                .filter(broken -> broken.containsKey(rule))
                .findFirst()
                .<DelegateProvider<?>>map(broken -> CordProvider.of(broken.get(rule)))
                .or(() -> Optional.ofNullable(BrokenProviders.BY_RULE.get(rule)))
                .or(() ->
                        Optional.ofNullable(BrokenBraids.BY_RULE.get(rule))
                                .map(BraidProvider::new));
    }
}
