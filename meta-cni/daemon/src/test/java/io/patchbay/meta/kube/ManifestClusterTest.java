package io.patchbay.meta.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.meta.socket.Await;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.pod.CustomKind;
import io.patchbay.spi.pod.CustomObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestClusterTest extends DelegatesView {
    @TempDir Path directory;

    private final List<String> warnings = new CopyOnWriteArrayList<>();

    @Override
    ClusterView open() {
        return ManifestDirectory.open(directory, warnings::add);
    }

    private Path file(CustomKind kind, String name) {
        return directory.resolve("%s-%s.json".formatted(kind.plural(), name));
    }

    /// In one step: a file that is half written is another matter.
    @Override
    void put(CustomKind kind, String namespace, String name, String rest) {
        String apiVersion = kind.group().isEmpty() ? kind.version() : kind.apiVersion();
        try {
            Path written =
                    Files.writeString(
                            directory.resolve(".new"),
                            "{\"apiVersion\": \"%s\", \"kind\": \"%s\"%s}"
                                    .formatted(apiVersion, kind.kind(), rest));
            Files.move(
                    written,
                    file(kind, name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void remove(CustomKind kind, String namespace, String name) {
        try {
            Files.delete(file(kind, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aManifestIsNobodysToWriteButItsAuthors() {
        eniConfig("zone-a", spec("\"subnet-a\""));
        CustomObjects<EniConfig> objects = eniConfigs();
        objects.update("zone-a", before -> before);
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() ->
                        objects.update(
                                "zone-a",
                                before -> new EniConfig(before.securityGroups(), "subnet-z")))
                .withMessage(
                        "ENIConfig zone-a is a manifest, which nobody writes but you: its \"spec\" is to have {\"subnet\":\"subnet-z\"}");
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> objects.update("zone-b", before -> before))
                .withMessage("zone-b is in none of the manifests, and is not written");
    }

    @Test
    void aPodWithoutAUidIsWhateverPodTheRuntimeHas() {
        put(
                POD,
                "core",
                "amf",
                ", \"metadata\": {\"namespace\": \"core\", \"name\": \"amf\", \"annotations\": {\"%s\": \"x\"}}"
                        .formatted(KEY));
        assertThat(cluster().annotation(NEW, KEY)).contains("x");
    }

    @Test
    void withoutAManifestTheNodeHasNothing() {
        remove(NODE, "", "worker");
        assertThat(cluster().nodeLabels()).isEmpty();
        assertThat(cluster().nodeAnnotations()).isEmpty();
    }

    @Test
    void ofTwoNodesOrObjectsTheFirstCountsAndItIsSaid() {
        put(NODE, "", "z", ", \"metadata\": {\"name\": \"z\", \"labels\": {\"zone\": \"z\"}}");
        assertThat(cluster().nodeLabels()).containsEntry("zone", "a");
        CustomObjects<EniConfig> objects = eniConfigs();
        eniConfig("zone-a", spec("\"subnet-a\""));
        put(ENI_CONFIG, "", "zz", ", \"metadata\": {\"name\": \"zone-a\"}" + spec("\"subnet-z\""));
        assertThat(isSubnet(objects, "zone-a", "subnet-a")).isTrue();
        // The first was found before there was a second, which nobody has looked for.
        Await.until("both are told", () -> warnings.size() == 2);
        assertThat(warnings)
                .containsExactlyInAnyOrder(
                        "this node is in %s and again in %s: the first counts"
                                .formatted(file(NODE, "worker"), file(NODE, "z")),
                        "crd.k8s.amazonaws.com/v1alpha1 ENIConfig zone-a is in %s and again in %s: the first counts"
                                .formatted(file(ENI_CONFIG, "zone-a"), file(ENI_CONFIG, "zz")));
    }

    @Test
    void theFilesOfAnExplanationSayTheSame() throws IOException {
        eniConfig("zone-a", spec("\"subnet-a\""));
        ViewedCluster given =
                new ViewedCluster(
                        new GivenManifests(
                                List.of(
                                        read(ENI_CONFIG, "zone-a"),
                                        read(NODE, "worker"),
                                        read(POD, "amf"))),
                        (name, loop) -> {});
        assertThat(given.nodeLabels()).containsEntry("zone", "a");
        assertThat(given.limit(OLD, KEY)).isEqualTo(2);
        assertThat(given.annotation(NEW, KEY)).isEmpty();
        CustomObjects<EniConfig> objects = given.objects(ENI_CONFIG, EniConfig.class);
        assertThat(isSubnet(objects, "zone-a", "subnet-a")).isTrue();
        assertThat(objects.find("zone-b")).isEmpty();
    }

    private Manifest read(CustomKind kind, String name) throws IOException {
        return ManifestReader.read(name, Files.readString(file(kind, name)));
    }
}
