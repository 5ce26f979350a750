package io.patchbay.kit.rule;

import io.patchbay.kit.rig.NodeRig;
import io.patchbay.kit.rig.RigPod;
import io.patchbay.kit.snapshot.Snapshot;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The rest of the groups DEL and GC: what a delegate in process keeps of its own.
public interface OwnStateRules<C extends Record> extends Rules {
    DelegateProvider<C> provider();

    /// All that a network needs, with this in the delegate's place.
    List<DelegateProvider<?>> with(DelegateProvider<?> provider);

    @Test
    default void del505_worksWhenThisVersionRefusesTheConfiguration() {
        Snapshot before = candidate().settled();
        NodeRig rig = candidate().rig();
        try (RigPod pod = new RigPod("del-505")) {
            candidate().add(pod);
            rig.restart(with(new Upgraded<>(provider())).toArray(DelegateProvider<?>[]::new));
            rig.del(pod);
            candidate().assertNothingLeftSince(before, "DEL");
        }
    }

    @Test
    default void gc602_removesWhatNoJournalRemembers() {
        Snapshot before = candidate().settled();
        NodeRig rig = candidate().rig();
        try (RigPod pod = new RigPod("gc-602")) {
            candidate().add(pod);
        }
        rig.restartWithoutJournal();
        rig.gc(List.of(), candidate().config());
        candidate().awaitNothingLeftSince(before, "GC");
    }

    /// The configuration of a version that takes none of the earlier ones.
    record Strict() {
        public Strict {
            throw new IllegalArgumentException(
                    "this version takes no configuration of an earlier one");
        }
    }

    /// The same delegate behind a record that refuses everything.
    record Upgraded<C extends Record>(DelegateProvider<C> earlier)
            implements DelegateProvider<Strict> {
        @Override
        public String type() {
            return earlier.type();
        }

        @Override
        public int spiVersion() {
            return earlier.spiVersion();
        }

        @Override
        public Class<Strict> configType() {
            return Strict.class;
        }

        // Never called with a configuration, since there can be none.
        @Override
        @SuppressWarnings("unchecked")
        public Delegate<Strict> create(DelegateContext context) {
            return (Delegate<Strict>) (Delegate<?>) earlier.create(context);
        }
    }
}
