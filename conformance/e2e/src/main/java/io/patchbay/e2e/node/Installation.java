package io.patchbay.e2e.node;

import io.patchbay.kit.rig.NodeNamespace;
import io.patchbay.kit.snapshot.Witness;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The installed tree on one node, and the places of its daemon below a directory: its settings,
/// socket, state and manifests. A runtime calls the plugin there, an operator the command.
public record Installation(NodeNamespace node, Path work) {
    public Path settings() {
        return work.resolve("patchbay.yaml");
    }

    public Path state() {
        return work.resolve("state");
    }

    public Path manifests() {
        return work.resolve("manifests");
    }

    /// What points plugin, daemon and commands to these places.
    public Map<String, String> places() {
        return places(work);
    }

    /// The same of an installation below some directory.
    public static Map<String, String> places(Path work) {
        return Map.of(
                "PATCHBAY_SOCKET",
                work.resolve("run/cni.sock").toString(),
                "PATCHBAY_STATE",
                work.resolve("state").toString());
    }

    /// Writes the settings; a daemon reads them when it starts.
    public Installation configure(String yaml) {
        write("patchbay.yaml", yaml);
        return this;
    }

    /// Puts a file among the manifests.
    ///
    /// @param name without its ending
    public void manifest(String name, String yaml) {
        write("manifests/%s.yaml".formatted(name), yaml);
    }

    /// Takes a file from among the manifests.
    public void removeManifest(String name) {
        try {
            Files.delete(manifests().resolve(name + ".yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes the definition of a network of namespace `core`.
    ///
    /// @param config one plugin's or a list's, as JSON
    public void network(String name, String config) {
        manifest(
                "network-" + name,
                """
                apiVersion: k8s.cni.cncf.io/v1
                kind: NetworkAttachmentDefinition
                metadata: {name: %s, namespace: core}
                spec: {config: '%s'}
                """
                        .formatted(name, config));
    }

    /// Writes the manifest of a pod of namespace `core` that asks for no network.
    public void pod(String name) {
        pod(name, "");
    }

    /// Writes the manifest of a pod of namespace `core`.
    ///
    /// @param networks that it selects, in either form of the annotation
    public void pod(String name, String networks) {
        manifest(
                name,
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  namespace: core
                  annotations: {k8s.v1.cni.cncf.io/networks: '%s'}
                """
                        .formatted(name, networks));
    }

    /// Writes a file below the directory.
    public Path write(String name, String text) {
        try {
            Path file = work.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts the daemon and waits until it takes requests.
    public DaemonProcess start() {
        return launch().awaitReady();
    }

    /// Starts the daemon without waiting.
    public DaemonProcess launch() {
        return launch(List.of(program()), Map.of());
    }

    /// Starts a daemon by some other command, which gets the daemon's own arguments.
    public DaemonProcess launch(List<String> command, Map<String, String> environment) {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("daemon", "--config", settings().toString()));
        Map<String, String> all = new HashMap<>(places());
        all.putAll(environment);
        return DaemonProcess.start(node.enter(line), all);
    }

    /// Calls the plugin.
    public Answer call(Call call) {
        return shim().call(call);
    }

    public Shim shim() {
        return new Shim(node, plugin(), places());
    }

    /// Runs a command of the installed tree with the settings of this node.
    public Witness.Said operate(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--config", settings().toString()));
        return patchbay(line.toArray(String[]::new));
    }

    /// Runs a command of the installed tree.
    public Witness.Said patchbay(String... arguments) {
        List<String> line = new ArrayList<>(List.of(program()));
        line.addAll(List.of(arguments));
        return Witness.here().attempt(located(line).toArray(String[]::new));
    }

    /// A command line that runs on the node, and finds the places in its environment.
    public List<String> located(List<String> command) {
        List<String> line = new ArrayList<>(List.of("env"));
        places().forEach((key, value) -> line.add(key + "=" + value));
        line.addAll(command);
        return node.enter(line);
    }

    /// The installed daemon by another main class, from the AOT cache as the launcher's own. It is
    /// for daemons that end soon: little of their code is compiled.
    public static List<String> daemon(Class<?> main) {
        List<Path> classPath = new ArrayList<>(jars());
        classPath.add(place(main));
        return daemon(
                main,
                classPath,
                "-XX:+UseCompactObjectHeaders",
                "-XX:CompileThresholdScaling=4",
                "-XX:AOTCache=" + lib().resolve("patchbay.aot"),
                "-Xlog:aot=off");
    }

    /// The installed daemon by a main class, but without the delegate of the cloud: loading what
    /// that is made of takes a minute in an emulator.
    ///
    /// @param jars beside those that are installed
    public static List<String> daemonWithoutCloud(
            Class<?> main, List<Path> jars, String... options) {
        List<Path> classPath =
                Stream.concat(jars().stream(), jars.stream())
                        .filter(jar -> !jar.toString().contains("delegate-vpc"))
                        // Ours first: most classes are there.
                        .sorted(Comparator.comparing(jar -> !jar.toString().contains("/patchbay-")))
                        .toList();
        return daemon(main, classPath, options);
    }

    /// A daemon on another class path, with options of the JVM.
    public static List<String> daemon(Class<?> main, List<Path> classPath, String... options) {
        List<String> line = new ArrayList<>();
        line.add(ProcessHandle.current().info().command().orElseThrow());
        line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        line.add("--enable-native-access=ALL-UNNAMED");
        line.addAll(List.of(options));
        line.add("-cp");
        line.add(
                classPath.stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
        line.add(main.getName());
        return line;
    }

    /// The jars of the installed tree, in the launcher's order.
    public static List<Path> jars() {
        try (Stream<Path> files = Files.list(lib())) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path lib() {
        return Path.of(program()).resolveSibling("../lib");
    }

    private static Path place(Class<?> main) {
        return Path.of(main.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    /// The command of the installed tree.
    public static String program() {
        return Checkout.dist().resolve("bin/patchbay").toString();
    }

    /// The plugin of the installed tree.
    public static Path plugin() {
        return Checkout.dist().resolve("cni/patchbay");
    }
}
