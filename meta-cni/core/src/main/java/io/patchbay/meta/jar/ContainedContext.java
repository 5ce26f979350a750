package io.patchbay.meta.jar;

import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.Journal;
import io.patchbay.spi.Meters;
import io.patchbay.spi.device.Directories;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.pod.Cluster;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// The door of a third party's delegate to the world. Its gauges are called as all of its code is.
record ContainedContext(DelegateContext whole, Calls calls) implements DelegateContext {
    private record ContainedMeters(Meters whole, Calls calls) implements Meters {
        @Override
        public void count(String name, long by, String... labels) {
            whole.count(name, by, labels);
        }

        @Override
        public void gauge(String name, LongSupplier now, String... labels) {
            whole.gauge(name, () -> calls.get(Verb.GAUGE, now::getAsLong), labels);
        }
    }

    @Override
    public Meters meters() {
        return new ContainedMeters(whole.meters(), calls);
    }

    @Override
    public Netns host() {
        return whole.host();
    }

    @Override
    public Pci pci() {
        return whole.pci();
    }

    @Override
    public Directories directories() {
        return whole.directories();
    }

    @Override
    public Cluster cluster() {
        return whole.cluster();
    }

    @Override
    public InstantSource clock() {
        return whole.clock();
    }

    @Override
    public <S extends Record> S settings(Class<S> type) {
        return whole.settings(type);
    }

    @Override
    public void run(String name, Runnable loop) {
        whole.run(name, loop);
    }

    @Override
    public <N extends Record> Journal<N> journal(String name, Class<N> note) {
        return whole.journal(name, note);
    }
}
