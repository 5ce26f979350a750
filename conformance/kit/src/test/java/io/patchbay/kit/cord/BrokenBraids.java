package io.patchbay.kit.cord;

import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Netns;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Chained delegates that break one rule each of those that are for such alone.
final class BrokenBraids {
    static final Map<Integer, Function<DelegateContext, BraidDelegate>> BY_RULE =
            Map.of(310, Forgetful::new, 509, Careless::new);

    private BrokenBraids() {}

    private static final class Forgetful extends BraidDelegate {
        Forgetful(DelegateContext context) {
            super(context);
        }

        @Override
        CniResult told(CniResult before) {
            return new CniResult(before.interfaces(), before.ips(), List.of(), before.dns());
        }
    }

    private static final class Careless extends BraidDelegate {
        Careless(DelegateContext context) {
            super(context);
        }

        @Override
        void restore(Netns pod, Before note) {}
    }
}
