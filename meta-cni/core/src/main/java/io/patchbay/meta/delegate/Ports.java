package io.patchbay.meta.delegate;

import io.patchbay.meta.journal.Storage;
import io.patchbay.spi.Meters;
import io.patchbay.spi.device.Directories;
import io.patchbay.spi.device.Pci;
import io.patchbay.spi.net.Netns;
import java.time.InstantSource;
import java.util.function.Function;

/// The world as the process hands it to its delegates.
///
/// @param meters those of a delegate, by its type
public record Ports(
        Netns host,
        Pci pci,
        Directories directories,
        ClusterPort cluster,
        Function<String, Meters> meters,
        InstantSource clock,
        Storage storage) {}
