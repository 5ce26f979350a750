package io.patchbay.meta.attach;

import io.patchbay.meta.cni.DeviceInfoCodec;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.meta.plan.DeviceInfoFiles;
import io.patchbay.meta.plan.PlannedAttachment;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.cni.ErrorCode;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// What is known of the device of one attachment: first by its device plugin, then by what the
/// plugins of the chain make of that. Source: NPWG device-info specification 1.1.0, §4 to §6.
///
/// @param told empty where the attachment has nothing to do with device information
public record AttachmentDevice(String title, Optional<DeviceInfoFiles> told, DeviceFiles files) {
    public static AttachmentDevice of(PlannedAttachment attachment, DeviceFiles files) {
        return new AttachmentDevice(attachment.title(), attachment.deviceInfo(), files);
    }

    /// As the device plugin tells it, which need not tell anything. What it wrote and cannot be
    /// read is refused with 6 or 7.
    Optional<DeviceInfo> ofDevicePlugin() {
        return sourceBytes()
                .map(content ->
                        decode(
                                told.orElseThrow().source().orElseThrow(),
                                content,
                                Standard.INVALID_NETWORK_CONFIG));
    }

    /// Gives the chain what the device plugin says, over whatever an earlier attachment of the same
    /// name left.
    void offer() {
        told.map(one -> Path.of(one.own()))
                .ifPresent(own -> {
                    Optional<byte[]> content = sourceBytes();
                    run(() -> {
                        if (content.isPresent()) {
                            files.write(own, content.get());
                        } else {
                            files.remove(own);
                            files.makeRoom(own);
                        }
                    });
                });
    }

    /// As the chain has it by now. What a plugin wrote and cannot be read is refused with 6.
    Optional<DeviceInfo> ofChain() {
        return told.map(DeviceInfoFiles::own)
                .flatMap(own ->
                        bytes(own).map(content -> decode(own, content, Standard.UNDECODABLE)));
    }

    /// Idempotent.
    public void remove() {
        told.ifPresent(one -> run(() -> files.remove(Path.of(one.own()))));
    }

    private Optional<byte[]> sourceBytes() {
        return told.flatMap(DeviceInfoFiles::source).flatMap(this::bytes);
    }

    private Optional<byte[]> bytes(String file) {
        return get(() -> files.read(Path.of(file)));
    }

    private DeviceInfo decode(String file, byte[] content, ErrorCode badValue) {
        String where = "network %s, device information %s".formatted(title, file);
        return DeviceInfoCodec.decode(
                JsonObject.read(
                        where, Json.decode(where, content), Standard.UNDECODABLE, badValue));
    }

    private void run(Runnable call) {
        get(() -> {
            call.run();
            return title;
        });
    }

    private <T> T get(Supplier<T> call) {
        try {
            return call.get();
        } catch (UncheckedIOException e) {
            throw new CniException(
                    Standard.IO_FAILURE,
                    "network %s, device information: %s: key \"deviceInfoDirectory\" says where it is kept"
                            .formatted(title, e.getMessage()),
                    e);
        }
    }
}
