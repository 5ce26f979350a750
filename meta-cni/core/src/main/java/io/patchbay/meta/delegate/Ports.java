package io.patchbay.meta.delegate;

import io.patchbay.meta.journal.Storage;
import io.patchbay.spi.Meters;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.pod.Cluster;
import java.time.InstantSource;

/// The world as the process hands it to its delegates.
public record Ports(
        Netns host, Cluster cluster, Meters meters, InstantSource clock, Storage storage) {}
