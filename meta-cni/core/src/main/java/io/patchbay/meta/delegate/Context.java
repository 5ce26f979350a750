package io.patchbay.meta.delegate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.journal.FileName;
import io.patchbay.meta.journal.Notes;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.Journal;
import io.patchbay.spi.Meters;
import io.patchbay.spi.device.Directories;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.pod.Cluster;
import java.time.InstantSource;

/// The door of one delegate to the world.
final class Context implements DelegateContext, AutoCloseable {
    private final String type;
    private final ObjectNode settings;
    private final Ports ports;
    private final Loops loops;

    Context(String type, ObjectNode settings, Ports ports) {
        this.type = type;
        this.settings = settings;
        this.ports = ports;
        this.loops = new Loops(type);
    }

    @Override
    public Netns host() {
        return ports.host();
    }

    @Override
    public Pci pci() {
        return ports.pci();
    }

    @Override
    public Directories directories() {
        return ports.directories();
    }

    @Override
    public Cluster cluster() {
        return ports.cluster().of(loops::run);
    }

    @Override
    public Meters meters() {
        return ports.meters().apply(type);
    }

    @Override
    public InstantSource clock() {
        return ports.clock();
    }

    @Override
    public <S extends Record> S settings(Class<S> record) {
        return ConfigBinder.settings(
                "patchbay.yaml, section of \"%s\"".formatted(type), settings, record);
    }

    @Override
    public void run(String name, Runnable loop) {
        loops.run(name, loop);
    }

    @Override
    public <N extends Record> Journal<N> journal(String name, Class<N> note) {
        String directory = "notes/%s/%s".formatted(FileName.of(type), FileName.of(name));
        return new Notes<>(ports.storage(), directory, note);
    }

    /// Ends the loops.
    @Override
    public void close() {
        loops.close();
    }
}
