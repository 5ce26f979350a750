package io.patchbay.spi;

import io.patchbay.spi.device.Directories;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.pod.Cluster;
import java.time.InstantSource;

/// What a delegate may use for as long as it lives; its only door to the world.
public interface DelegateContext {
    /// The node's namespace, for {@link Delegate#start} and background loops. A request has a
    /// handle of its own.
    Netns host();

    /// The machine's PCI functions.
    Pci pci();

    /// The node's directories that pods share.
    Directories directories();

    Cluster cluster();

    Meters meters();

    InstantSource clock();

    /// The section of patchbay.yaml that carries the delegate's type, bound to the record that its
    /// provider names; unknown keys are refused. Where there is no section every component is
    /// absent.
    <S extends Record> S settings(Class<S> type);

    /// Runs a background loop on a thread of its own. It is interrupted and joined before `close`.
    void run(String name, Runnable loop);

    /// Durable notes of the delegate, under a name of its own choice.
    <N extends Record> Journal<N> journal(String name, Class<N> note);
}
