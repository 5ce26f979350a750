package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.cluster.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/// Pods that take a device each, and a network of a binary which tells the device that it was
/// given.
///
/// @param resource of the device plugin
record CardPods(String resource) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECORDS = "/var/lib/cni";

    /// A binary that keeps its configuration until DEL, under the pod's name.
    private static final String RECORDER =
            """
            #!/bin/sh
            record=/var/lib/cni/recorded.$(echo "$CNI_ARGS" | sed 's/.*K8S_POD_NAME=\\([^;]*\\).*/\\1/')
            case $CNI_COMMAND in
              ADD) cat > $record; echo '{"cniVersion": "1.0.0"}' ;;
              DEL) rm -f $record ;;
              VERSION) echo '{"cniVersion": "1.0.0", "supportedVersions": ["1.0.0"]}' ;;
            esac
            """;

    static void install(Node node) throws IOException {
        Path recorder = node.file("/opt/cni/bin/recorder");
        Files.writeString(recorder, RECORDER);
        assertThat(recorder.toFile().setExecutable(true)).isTrue();
    }

    String network(String name) {
        return """
        apiVersion: k8s.cni.cncf.io/v1
        kind: NetworkAttachmentDefinition
        metadata:
          name: %s
          namespace: default
          annotations: {k8s.v1.cni.cncf.io/resourceName: %s}
        spec: {config: '{"cniVersion": "1.0.0", "type": "recorder"}'}
        """
                .formatted(name, resource);
    }

    String pod(String name, String network) {
        return """
        apiVersion: v1
        kind: Pod
        metadata:
          name: %s
          namespace: default
          annotations: {k8s.v1.cni.cncf.io/networks: %s}
        spec:
          terminationGracePeriodSeconds: 1
          containers:
            - name: main
              image: localhost/busybox:1
              resources: {limits: {%s: 1}}
        """
                .formatted(name, network, resource);
    }

    /// What the binary was given as `deviceID`, by its pods.
    static SortedMap<String, String> recorded(Node node) throws IOException {
        SortedMap<String, String> devices = new TreeMap<>();
        try (var files = Files.newDirectoryStream(node.file(RECORDS), "recorded.*")) {
            for (Path file : files) {
                devices.put(
                        file.getFileName().toString().substring("recorded.".length()),
                        JSON.readTree(file.toFile()).path("deviceID").asText());
            }
        }
        return devices;
    }
}
