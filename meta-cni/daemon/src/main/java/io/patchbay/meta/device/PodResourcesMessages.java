package io.patchbay.meta.device;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.pod.PodRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The messages of PodResources, as far as they are about devices. All others of their fields are
/// passed over.
final class PodResourcesMessages {
    /// ListPodResourcesRequest, which has no fields.
    static final byte[] LIST = {};

    private PodResourcesMessages() {}

    /// GetPodResourcesRequest {pod_name = 1, pod_namespace = 2}.
    static byte[] get(PodRef pod) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeString(1, pod.name());
            out.writeString(2, pod.namespace());
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// The devices of one pod in a GetPodResourcesResponse or a ListPodResourcesResponse: both hold
    /// PodResources as field 1. What cannot be read is an UncheckedIOException.
    static Map<String, List<DeviceId>> devices(byte[] response, PodRef pod) {
        DeviceLists devices = new DeviceLists();
        try {
            CodedInputStream in = CodedInputStream.newInstance(response);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagFieldNumber(tag) == 1) {
                    resources(in.readByteArray(), pod, devices);
                } else {
                    in.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the kubelet's answer is no PodResources: " + e, e);
        }
        return devices.toMap();
    }

    /// PodResources {name = 1, namespace = 2, containers = 3}.
    private static void resources(byte[] message, PodRef pod, DeviceLists devices)
            throws IOException {
        String name = "";
        String namespace = "";
        DeviceLists own = new DeviceLists();
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> name = in.readString();
                case 2 -> namespace = in.readString();
                case 3 -> container(in.readByteArray(), own);
                default -> in.skipField(tag);
            }
        }
        if (name.equals(pod.name()) && namespace.equals(pod.namespace())) {
            devices.addAll(own);
        }
    }

    /// ContainerResources {devices = 2}.
    private static void container(byte[] message, DeviceLists devices) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 2) {
                devices(in.readByteArray(), devices);
            } else {
                in.skipField(tag);
            }
        }
    }

    /// ContainerDevices {resource_name = 1, device_ids = 2}.
    private static void devices(byte[] message, DeviceLists devices) throws IOException {
        String resource = "";
        List<String> ids = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> resource = in.readString();
                case 2 -> ids.add(in.readString());
                default -> in.skipField(tag);
            }
        }
        for (String id : ids) {
            devices.add(resource, id);
        }
    }
}
