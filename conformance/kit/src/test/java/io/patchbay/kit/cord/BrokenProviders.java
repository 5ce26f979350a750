package io.patchbay.kit.cord;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Journal;
import io.patchbay.spi.Spi;
import io.patchbay.spi.net.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Providers that break one rule of the groups PROVIDER and CONFIG each.
final class BrokenProviders {
    private static final int LINGERING = 12;

    static final Map<Integer, DelegateProvider<?>> BY_RULE =
            Map.of(
                    101, new Unlisted(),
                    102,
                            new CordProvider<>(
                                    "-cord", Spi.VERSION, CordConfig.class, CordDelegate::new),
                    103,
                            new CordProvider<>(
                                    "cord", Spi.VERSION + 1, CordConfig.class, CordDelegate::new),
                    104, CordProvider.of(Unfillable.class),
                    105, CordProvider.of(BusyCreation::new),
                    106, CordProvider.of(LeakedThread::new),
                    107, CordProvider.of(SecondStart::new),
                    201, CordProvider.of(NeverTheSame.class),
                    202, CordProvider.of(Taciturn.class),
                    203, CordProvider.of(Careless.class));

    private BrokenProviders() {}

    /// Not in META-INF/services.
    private static final class Unlisted implements DelegateProvider<CordConfig> {
        @Override
        public String type() {
            return "cord";
        }

        @Override
        public int spiVersion() {
            return Spi.VERSION;
        }

        @Override
        public Class<CordConfig> configType() {
            return CordConfig.class;
        }

        @Override
        public Delegate<CordConfig> create(DelegateContext context) {
            return new CordDelegate<>(context);
        }
    }

    record Unfillable(Optional<String> panel, Optional<Object> anything) implements Panelled {}

    record NeverTheSame(Optional<String> panel, Optional<String> id) implements Panelled {
        NeverTheSame {
            id = id.or(() -> Optional.of(UUID.randomUUID().toString()));
        }
    }

    record Taciturn(Optional<String> panel) implements Panelled {
        Taciturn {
            if (panel.filter("../.."::equals).isPresent()) {
                throw new IllegalArgumentException("that will not do");
            }
        }
    }

    /// No word of the key that is missing.
    record Careless(Optional<String> panel) implements Panelled {
        Careless {
            if (panel.isEmpty()) {
                throw new IllegalArgumentException("something is missing");
            }
        }
    }

    private static final class BusyCreation extends CordDelegate<CordConfig> {
        BusyCreation(DelegateContext context) {
            super(context);
            Cidr fixed = Cidr.parse("198.18.0.1/32");
            if (context.host().rtnl().rules().stream().noneMatch(rule(fixed)::equals)) {
                rule(context.host(), List.of(fixed));
            }
        }
    }

    /// A thread that lives a little longer than the kit waits for it.
    static void startLingering() {
        Thread thread = new Thread(BrokenProviders::linger, "lingering");
        thread.setDaemon(true);
        thread.start();
    }

    @SuppressWarnings("unused") // Nobody counts it down.
    private static void linger() {
        try {
            boolean _ = new CountDownLatch(1).await(LINGERING, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class LeakedThread extends CordDelegate<CordConfig> {
        LeakedThread(DelegateContext context) {
            super(context);
            startLingering();
        }
    }

    private static final class SecondStart extends CordDelegate<CordConfig> {
        record Started(int times) {}

        private final Journal<Started> starts;

        SecondStart(DelegateContext context) {
            super(context);
            starts = context.journal("starts", Started.class);
        }

        @Override
        public void start() {
            int times = starts.find("node").map(Started::times).orElse(0);
            if (times < 2) {
                starts.write("node", new Started(times + 1));
            }
            if (times == 1) {
                rule(context.host(), List.of(Cidr.parse("198.18.0.1/32")));
            }
        }
    }
}
