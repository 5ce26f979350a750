package io.patchbay.meta.run;

import io.patchbay.kernel.Kernel;
import io.patchbay.meta.attach.DeviceFiles;
import io.patchbay.meta.delegate.AddressPort;
import io.patchbay.meta.journal.DurableFiles;
import io.patchbay.meta.journal.Storage;

/// What the daemon reaches the world by. They are parameters, so that a rig can stand in between
/// and fail any call.
///
/// @param storage the state directory of the settings
/// @param addresses decorates every address source
public record Ports(Kernel kernel, Storage storage, AddressPort addresses, DeviceFiles devices) {
    /// The machine itself. Refuses a state directory that a daemon works on, before it is opened:
    /// what that daemon is just writing would be taken for the remains of a crash.
    public static Ports ofThisMachine(Settings settings) {
        StateLock.refuseHeld(settings.state());
        return new Ports(
                Kernel.ofThisMachine(),
                new DurableFiles(settings.state()),
                AddressPort.PLAIN,
                DeviceFiles.ofThisMachine());
    }
}
