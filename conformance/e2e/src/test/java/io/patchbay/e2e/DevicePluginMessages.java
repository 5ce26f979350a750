package io.patchbay.e2e;

import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a device plugin says, in the wire format of Protocol Buffers: fields of less than 128 bytes
/// only, so that each length is one byte.
final class DevicePluginMessages {
    private static final int WIRE_LENGTH_DELIMITED = 2;

    private DevicePluginMessages() {}

    /// RegisterRequest: version, endpoint, resource_name.
    static byte[] registration(String endpoint, String resource) {
        return joined(field(1, "v1beta1"), field(2, endpoint), field(3, resource));
    }

    /// ListAndWatchResponse: devices, each an ID and its health.
    static byte[] healthy(List<String> devices) {
        return joined(
                devices.stream()
                        .map(id -> field(1, joined(field(1, id), field(2, "Healthy"))))
                        .toArray(byte[][]::new));
    }

    /// AllocateResponse: container_responses, one without environment, mounts and device nodes.
    static byte[] allocated() {
        return field(1, new byte[0]);
    }

    private static byte[] field(int number, String text) {
        return field(number, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] field(int number, byte[] content) {
        byte[] head = {(byte) (number << 3 | WIRE_LENGTH_DELIMITED), (byte) content.length};
        return joined(head, content);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /// Messages as they are on the wire.
    static final class Bytes implements Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
