package io.patchbay.kit.fault;

import io.patchbay.spi.device.Directories;
import io.patchbay.spi.device.Directory;
import io.patchbay.spi.device.DirectoryChange;
import io.patchbay.spi.device.Place;
import java.util.Optional;

/// Directories whose calls pass the {@link Faults}.
public final class FaultyDirectories implements Directories {
    private final Directories directories;
    private final Faults faults;

    public FaultyDirectories(Directories directories, Faults faults) {
        this.directories = directories;
        this.faults = faults;
    }

    @Override
    public Optional<Directory> find(Place place) {
        return faults.pass(
                "find directory " + place, FaultyNetns::refusal, () -> directories.find(place));
    }

    @Override
    public void apply(DirectoryChange change) {
        faults.run(change.toString(), FaultyNetns::refusal, () -> directories.apply(change));
    }
}
