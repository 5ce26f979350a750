package io.patchbay.meta.device;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Messages of PodResources, byte by byte, with fields that nobody here reads.
final class Proto {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Proto with(int field, String text) {
        return with(field, text.getBytes(StandardCharsets.UTF_8));
    }

    Proto with(int field, byte[] content) {
        bytes.write((field << 3) | 2);
        varint(content.length);
        bytes.writeBytes(content);
        return this;
    }

    Proto with(int field, long number) {
        bytes.write(field << 3);
        varint(number);
        return this;
    }

    private void varint(long number) {
        long rest = number;
        while (rest > 127) {
            bytes.write((int) ((rest & 127) | 128));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /// PodResources of a pod.
    static byte[] pod(String namespace, String name, byte[]... containers) {
        Proto pod = new Proto().with(1, name).with(2, namespace);
        for (byte[] container : containers) {
            pod.with(3, container);
        }
        return pod.bytes();
    }

    static byte[] container(byte[]... devices) {
        Proto container = new Proto().with(1, "c").with(3, 7L);
        for (byte[] device : devices) {
            container.with(2, device);
        }
        return container.bytes();
    }

    static byte[] devices(String resource, String... ids) {
        Proto devices = new Proto().with(3, new byte[] {8, 1}).with(1, resource);
        for (String id : ids) {
            devices.with(2, id);
        }
        return devices.bytes();
    }
}
