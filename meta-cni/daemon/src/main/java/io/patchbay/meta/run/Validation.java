package io.patchbay.meta.run;

import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.cni.NetworkConfigList;
import io.patchbay.meta.cni.PluginConfig;
import io.patchbay.meta.delegate.AddressPort;
import io.patchbay.meta.delegate.ConfigTypes;
import io.patchbay.meta.delegate.Providers;
import io.patchbay.meta.delegate.UnknownKeys;
import io.patchbay.meta.ipam.AddressSources;
import io.patchbay.meta.jar.Jars;
import io.patchbay.meta.kube.Manifest;
import io.patchbay.meta.kube.ManifestReader;
import io.patchbay.meta.kube.NetworkAttachmentDefinition;
import io.patchbay.meta.kube.Pod;
import io.patchbay.meta.kube.PodNetworks;
import io.patchbay.meta.plan.NetworksAnnotation;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.cni.CniException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Checks configurations and manifests as far as their words alone tell, and goes on after each
/// problem. It changes nothing and asks nobody.
final class Validation {
    // Every manifest has a kind; the configuration has none.
    private static final Pattern MANIFEST = Pattern.compile("(?m)^\\s*\"?kind\"?\\s*:");

    private final ConfigTypes types =
            types(List.of(), Settings.DEFAULT.delegatePath(), UnknownKeys.REFUSED);
    private final List<String> problems = new ArrayList<>();

    private Validation() {}

    /// The delegates and address sources of this process. A jar does not take the type of a native
    /// delegate.
    ///
    /// @param pluginPath where binaries are looked for
    /// @param delegatePath where third parties' jars are
    static ConfigTypes types(List<Path> pluginPath, List<Path> delegatePath, UnknownKeys unknown) {
        List<DelegateProvider<?>> providers =
                new ArrayList<>(Jars.inPlace(delegatePath, InstantSource.system()));
        providers.addAll(Providers.of(Validation.class.getClassLoader()));
        return new ConfigTypes(
                providers,
                AddressSources.ofThisNode(InstantSource.system(), AddressPort.PLAIN),
                pluginPath,
                unknown);
    }

    /// All that is wrong, in the order of the files.
    static List<String> of(List<Path> files) {
        Validation validation = new Validation();
        files.forEach(validation::check);
        return validation.problems;
    }

    /// What the delegates of this process would refuse of a network.
    static List<String> of(String where, NetworkConfigList network) {
        return refusals(
                types(List.of(), Settings.DEFAULT.delegatePath(), UnknownKeys.REFUSED),
                where,
                network);
    }

    private void check(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            problems.add("%s cannot be read: %s".formatted(file, Reason.of(e)));
            return;
        }
        if (MANIFEST.matcher(text).find()) {
            check(file, ManifestReader.read(file.toString(), text));
        } else {
            settings(file, text);
        }
    }

    private void settings(Path file, String text) {
        try {
            check(file, SettingsFile.decode(file.toString(), text));
        } catch (InvalidSettings e) {
            problems.addAll(e.problems());
            check(file, e.rest());
        }
    }

    private void check(Path file, Settings settings) {
        ConfigTypes own = types(List.of(), settings.delegatePath(), settings.unknownKeys());
        refusals(own, "key \"defaultNetwork\"", settings.defaultNetwork())
                .forEach(refusal -> problems.add(file + ": " + refusal));
        settings.devicePlugin().ifPresent(plugin -> problems.addAll(plugin.problems()));
        settings.delegates()
                .forEach((type, section) ->
                        problems.addAll(
                                own.settingsProblems(
                                        "%s, section \"delegates.%s\"".formatted(file, type),
                                        type,
                                        section)));
    }

    private void check(Path file, Manifest manifest) {
        manifest.problems().forEach(problem -> problems.add(problem.toString()));
        for (NetworkAttachmentDefinition network : manifest.networks()) {
            String what = "NetworkAttachmentDefinition " + network;
            // One without a configuration has it on some node's disk.
            network.config()
                    .ifPresent(config ->
                            attempt(
                                    file,
                                    () ->
                                            check(
                                                    file,
                                                    what,
                                                    NetworkConfigDecoder.decode(
                                                            what, config, network.name()))));
        }
        for (Pod pod : manifest.pods()) {
            for (String key : List.of(NetworksAnnotation.KEY, PodNetworks.DEFAULT_KEY)) {
                attempt(
                        file,
                        () ->
                                NetworksAnnotation.parse(
                                        key,
                                        pod.annotations().getOrDefault(key, ""),
                                        pod.ref().namespace()));
            }
        }
    }

    private void check(Path file, String where, NetworkConfigList network) {
        refusals(types, where, network).forEach(refusal -> problems.add(file + ": " + refusal));
    }

    /// Binds what a delegate in process would get; a foreign binary's keys are its own.
    private static List<String> refusals(
            ConfigTypes types, String where, NetworkConfigList network) {
        List<String> refusals = new ArrayList<>();
        for (PluginConfig plugin : network.plugins()) {
            attempt(refusals, "", () -> types.checkConfig(where, plugin));
            attempt(refusals, "", () -> types.checkAddresses(where, plugin));
        }
        return refusals;
    }

    private void attempt(Path file, Runnable check) {
        attempt(problems, file + ": ", check);
    }

    private static void attempt(List<String> problems, String prefix, Runnable check) {
        try {
            check.run();
        } catch (CniException e) {
            problems.add(prefix + e.getMessage());
        }
    }
}
