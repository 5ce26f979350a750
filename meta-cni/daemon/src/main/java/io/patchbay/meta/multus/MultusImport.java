package io.patchbay.meta.multus;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.kube.Manifest;
import io.patchbay.meta.translation.Remarks;
import io.patchbay.meta.translation.Source;
import io.patchbay.meta.translation.Translation;
import io.patchbay.spi.cni.CniException;
import java.nio.file.Path;
import java.util.List;

/// Turns a configuration of Multus into one of ours.
public final class MultusImport {
    private MultusImport() {}

    /// Reads what is there and changes nothing. What makes a translation impossible is a {@link
    /// CniException}: a file that cannot be read, a key of the wrong type, no default network.
    ///
    /// @param config a plugin's configuration, or list, or the daemon's
    /// @param manifests files, or directories of files, with networks and pods
    /// @param found networks and pods that were read elsewhere
    public static Translation read(
            Path config, List<Path> manifests, List<Manifest> found, NetworkCheck check) {
        MultusConfig multus = MultusConfig.decode(config.toString(), Source.text(config));
        Networks networks = Networks.read(manifests, found);
        NetworkFinder finder =
                new NetworkFinder(
                        networks,
                        multus.text("multusNamespace", Translator.NAMESPACE),
                        ConfigFiles.onNode(multus.text("confDir", Translator.CONF_DIR)));
        Remarks remarks = new Remarks();
        ObjectNode settings = Json.object();
        new DefaultNetworks(multus, finder, remarks, settings).translate();
        new Translator(multus, remarks, settings).translate();
        new NetworkReview(networks, finder, check, remarks)
                .review(
                        NetworkConfigDecoder.decode(
                                "the default network",
                                Json.text(settings.path("defaultNetwork")),
                                "default"));
        return new Translation(remarks.all(), settings);
    }
}
