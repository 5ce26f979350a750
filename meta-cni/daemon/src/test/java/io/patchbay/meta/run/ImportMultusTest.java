package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.delegate.UnknownKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `patchbay import multus`, from files as they stand on nodes of Multus.
class ImportMultusTest {
    @TempDir Path directory;

    private CommandRun translate(String config, String... more) throws IOException {
        String[] line = new String[more.length + 3];
        line[0] = "import";
        line[1] = "multus";
        line[2] = write("multus.conf", config);
        System.arraycopy(more, 0, line, 3, more.length);
        return CommandRun.of(line);
    }

    private String write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    private static Settings settings(CommandRun output) {
        assertThat(output.err()).isEmpty();
        assertThat(output.status()).isZero();
        return SettingsFile.decode("the translation", output.yaml());
    }

    private static String definition(String name, String config) {
        return """
        apiVersion: k8s.cni.cncf.io/v1
        kind: NetworkAttachmentDefinition
        metadata: {name: %s, namespace: kube-system}
        spec: {config: '%s'}
        ---
        """
                .formatted(name, config);
    }

    @Test
    void a_thin_configuration_becomes_settings_that_can_be_read_and_are_valid() throws IOException {
        CommandRun output =
                translate(
                        """
                        {"cniVersion": "0.3.1", "name": "multus-cni-network", "type": "multus",
                         "capabilities": {"portMappings": true, "aliases": true},
                         "kubeconfig": "/etc/cni/net.d/multus.d/multus.kubeconfig",
                         "confDir": "%1$s/confs", "cniDir": "/var/lib/cni/old", "binDir": "/opt/multus/bin",
                         "namespaceIsolation": true, "globalNamespaces": "default, shared",
                         "systemNamespaces": ["kube-system", "monitoring"], "multusNamespace": "networks",
                         "readinessindicatorfile": "/etc/cni/net.d/05-cilium.conf", "retryDeleteOnError": true,
                         "logFile": "/var/log/multus.log", "logLevel": "debug", "logToStderr": false,
                         "logOptions": {"maxAge": 5},
                         "defaultNetworks": ["signalling"],
                         "delegates": [{"cniVersion": "0.3.1", "name": "cbr0", "type": "flannel"}]}
                        """
                                .formatted(directory));

        Settings settings = settings(output);
        assertThat(settings.defaultNetwork().name()).isEqualTo("cbr0");
        assertThat(settings.defaultNetwork().plugins().getFirst().type()).isEqualTo("flannel");
        assertThat(settings.selection().everyPods()).hasToString("[networks/signalling]");
        assertThat(settings.selection().networkNamespace()).isEqualTo("networks");
        assertThat(settings.selection().isolation()).isTrue();
        assertThat(settings.selection().sharedNamespaces()).containsOnly("default", "shared");
        assertThat(settings.selection().systemNamespaces())
                .containsOnly("kube-system", "monitoring");
        assertThat(settings.networkConfigDirectory()).isEqualTo(directory.resolve("confs"));
        assertThat(settings.unknownKeys()).isNotEqualTo(UnknownKeys.REFUSED);
        assertThat(settings.pluginPath())
                .containsExactly(
                        Path.of("/opt/multus/bin"),
                        Path.of("/opt/cni/bin"),
                        Path.of("/usr/lib/cni"));
        assertThat(settings.multus().cache()).isEqualTo(Path.of("/var/lib/cni/old"));
        assertThat(CommandRun.of("validate", write("patchbay.yaml", output.yaml())).out())
                .isEqualTo("the file is fine\n");
    }

    @Test
    void every_key_of_multus_is_answered() throws IOException {
        String[] keys = {
            "cniVersion",
            "name",
            "type",
            "capabilities",
            "prevResult",
            "runtimeConfig",
            "clusterNetwork",
            "defaultNetworks",
            "delegates",
            "kubeconfig",
            "confDir",
            "cniDir",
            "binDir",
            "namespaceIsolation",
            "globalNamespaces",
            "systemNamespaces",
            "multusNamespace",
            "readinessindicatorfile",
            "retryDeleteOnError",
            "auxiliaryCNIChainName",
            "logFile",
            "logLevel",
            "logToStderr",
            "logOptions",
            "chrootDir",
            "socketDir",
            "daemonSocketDir",
            "metricsPort",
            "enablePprof",
            "connectionLimit",
            "perNodeCertificate",
            "multusConfigFile",
            "cniConfigDir",
            "multusAutoconfigDir",
            "multusMasterCNI",
            "forceCNIVersion",
            "overrideNetworkName"
        };
        write(
                "net.d/10-main.conf",
                "{\"cniVersion\": \"1.0.0\", \"name\": \"main\", \"type\": \"x\"}");
        CommandRun output =
                translate(
                        """
                        {"cniVersion": "1.0.0", "name": "n", "type": "multus", "capabilities": {"ips": true},
                         "prevResult": {}, "runtimeConfig": {}, "clusterNetwork": "%1$s/net.d/10-main.conf",
                         "defaultNetworks": ["a"], "delegates": [{"type": "y"}], "kubeconfig": "k",
                         "confDir": "/c", "cniDir": "/d", "binDir": "/b", "namespaceIsolation": false,
                         "globalNamespaces": "shared", "systemNamespaces": [], "multusNamespace": "m",
                         "readinessindicatorfile": "r", "retryDeleteOnError": false, "auxiliaryCNIChainName": "aux",
                         "logFile": "l", "logLevel": "verbose", "logToStderr": true, "logOptions": {},
                         "chrootDir": "/hostroot", "socketDir": "/host/run/multus/", "daemonSocketDir": "/run/multus",
                         "metricsPort": 9091, "enablePprof": true, "connectionLimit": 300,
                         "perNodeCertificate": {"enabled": true}, "multusConfigFile": "auto",
                         "cniConfigDir": "/host/etc/cni/net.d", "multusAutoconfigDir": "/host/etc/cni/net.d",
                         "multusMasterCNI": "x.conf", "forceCNIVersion": true, "overrideNetworkName": true}
                        """
                                .formatted(directory));

        Settings settings = settings(output);
        for (String key : keys) {
            assertThat(output.on("key \"" + key)).as(key).isNotEmpty();
        }
        assertThat(settings.threads()).isEqualTo(256);
        assertThat(settings.cniConfigDirectory()).isEqualTo(Path.of("/etc/cni/net.d"));
        assertThat(output.on("globalNamespaces")).contains("default is not for all");
        assertThat(output.on("\"logLevel\"")).contains("PATCHBAY_LOG=INFO");
    }

    @Test
    void unknown_keys_are_told_with_what_was_meant_and_any_case_counts() throws IOException {
        CommandRun output =
                translate(
                        """
                        {"type": "multus", "readinessIndicatorFile": "/x", "clusterNetwrok": "y",
                         "allowTryDeleteOnErr": true, "zebra": 1, "DELEGATES": [{"type": "bridge", "bridge": "b"}]}
                        """);

        assertThat(output.status()).isZero();
        assertThat(output.on("readinessindicatorfile")).contains("STATUS");
        assertThat(output.on("clusterNetwrok")).contains("Did you mean \"clusterNetwork\"?");
        assertThat(output.on("allowTryDeleteOnErr")).contains("retryDeleteOnError");
        assertThat(output.on("zebra")).contains("unknown", "with 1").doesNotContain("Did you");
        assertThat(output.yaml()).contains("bridge");
    }

    @Test
    void a_daemons_configuration_takes_the_network_that_the_daemon_would_find() throws IOException {
        write("net.d/00-multus.conf", "{\"type\": \"multus-shim\"}");
        write(
                "net.d/10-calico.conflist",
                """
                {"cniVersion": "0.3.1", "name": "k8s-pod-network",
                 "plugins": [{"type": "calico"}, {"type": "portmap", "capabilities": {"portMappings": true}}]}
                """);
        write("net.d/k8s-pod-network/50-more.conf", "{\"type\": \"chained\"}");
        CommandRun output =
                translate(
                        """
                        {"chrootDir": "/hostroot", "cniVersion": "0.3.1", "logLevel": "verbose", "logToStderr": true,
                         "cniConfigDir": "/host/etc/cni/net.d", "multusAutoconfigDir": "%s/net.d",
                         "multusConfigFile": "auto", "socketDir": "/host/run/multus/"}
                        """
                                .formatted(directory));

        assertThat(settings(output).defaultNetwork().plugins())
                .map(plugin -> plugin.type())
                .containsExactly("calico", "portmap", "chained");
        assertThat(output.on("multusAutoconfigDir")).contains("10-calico.conflist");
    }

    @Test
    void a_list_may_have_plugins_behind_multus_and_an_auxiliary_chain() throws IOException {
        write(
                "net.d/10-main.conf",
                "{\"cniVersion\": \"0.2.0\", \"name\": \"main\", \"type\": \"old\"}");
        write("net.d/aux/1.conf", "{\"type\": \"first\"}");
        CommandRun output =
                translate(
                        """
                        {"cniVersion": "1.0.0", "name": "l",
                         "plugins": [{"type": "multus-shim", "clusterNetwork": "%s/net.d",
                                      "auxiliaryCNIChainName": "aux"},
                                     {"type": "behind"}]}
                        """
                                .formatted(directory));

        Settings settings = settings(output);
        assertThat(settings.defaultNetwork().plugins())
                .map(plugin -> plugin.type())
                .containsExactly("old", "first", "behind");
        assertThat(settings.defaultNetwork().version()).hasToString("0.3.1");
        assertThat(output.on("\"0.2.0\"")).contains("is not spoken");
    }

    @Test
    void a_cluster_network_is_a_definition_before_it_is_a_file() throws IOException {
        write(
                "confs/1.conf",
                "{\"cniVersion\": \"1.0.0\", \"name\": \"main\", \"type\": \"of-file\"}");
        write(
                "confs/2.conf",
                "{\"cniVersion\": \"1.0.0\", \"name\": \"Side.1\", \"type\": \"side\"}");
        String manifest =
                write(
                        "nads/n.yaml",
                        definition("main", "{\"cniVersion\": \"1.0.0\", \"type\": \"of-nad\"}"));
        String config =
                """
                {"type": "multus", "clusterNetwork": "main", "confDir": "%s/confs",
                 "defaultNetworks": ["Side.1"]}
                """
                        .formatted(directory);

        CommandRun of = translate(config, "--networks", manifest);
        assertThat(settings(of).defaultNetwork().plugins().getFirst().type()).isEqualTo("of-nad");
        assertThat(settings(of).selection().everyPods()).hasToString("[kube-system/side-1]");
        assertThat(of.on("defaultNetworks[0]")).contains("apply this manifest", "Side.1");
        assertThat(settings(translate(config)).defaultNetwork().plugins().getFirst().type())
                .isEqualTo("of-file");
    }

    @Test
    void a_default_network_that_cannot_be_had_is_refused_and_nothing_is_written()
            throws IOException {
        String[][] cases = {
            {"{\"type\": \"multus\"}", "clusterNetwork", "\"delegates\""},
            {"{\"type\": \"multus\", \"clusterNetwork\": \"nobody\"}", "nobody", "--networks"},
            {
                "{\"type\": \"multus\", \"clusterNetwork\": \"/nowhere/x\"}",
                "/nowhere/x",
                "on a node"
            },
            {
                "{\"type\": \"multus\", \"delegates\": [{\"type\": \"multus\"}]}",
                "multus",
                "name the network"
            },
            {"{\"type\": \"multus\", \"delegates\": [7]}", "delegates[0]", "an object"},
            {"{\"multusAutoconfigDir\": \"/nowhere\"}", "/nowhere", "on a node"},
            {"{\"plugins\": [{\"type\": \"bridge\"}]}", "plugins[0]", "is not Multus"},
            {"{", "multus.conf", "no JSON"},
        };
        for (String[] one : cases) {
            Path target = directory.resolve("out.yaml");
            CommandRun output = translate(one[0], "--output", target.toString());
            assertThat(output.status()).as(one[0]).isEqualTo(1);
            assertThat(output.err()).startsWith("patchbay: ").contains(one[1], one[2]);
            assertThat(target).doesNotExist();
        }
    }

    @Test
    void networks_and_pods_are_judged_as_patchbay_would() throws IOException {
        write(
                "nads/all.yaml",
                definition("empty", "{\"cniVersion\": \"1.0.0\", \"plugins\": []}")
                        + definition(
                                "typo",
                                "{\"cniVersion\": \"1.0.0\", \"type\": \"bridge\", \"brigde\": \"b\"}")
                        + definition(
                                "a.b",
                                "{\"cniVersion\": \"1.0.0\", \"type\": \"macvlan\", \"master\": \"eth0\"}")
                        + definition(
                                "loop",
                                "{\"cniVersion\": \"1.0.0\", \"type\": \"x\", \"inner\": {\"type\": \"multus\"}}")
                        + definition("old", "{\"cniVersion\": \"0.2.0\", \"type\": \"x\"}")
                        + """
                        apiVersion: k8s.cni.cncf.io/v1
                        kind: NetworkAttachmentDefinition
                        metadata: {name: bare}
                        ---
                        apiVersion: v1
                        kind: Pod
                        metadata:
                          name: amf-0
                          namespace: kube-system
                          annotations: {k8s.v1.cni.cncf.io/networks: '[{"name": "a.b", "ips": ["10.0.0.9/24"]}]'}
                        ---
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: smf-0, annotations: {k8s.v1.cni.cncf.io/networks: absent}}
                        """);
        CommandRun output =
                translate(
                        "{\"type\": \"multus\", \"delegates\": [{\"cniVersion\": \"1.0.0\", \"name\": \"m\", \"type\": \"flannel\"}]}",
                        "--networks",
                        directory.resolve("nads").toString());

        assertThat(output.status()).isZero();
        assertThat(output.on("kube-system/empty")).contains("\"plugins\"", "it is empty");
        assertThat(output.on("kube-system/typo"))
                .contains("\"brigde\"", "did you mean \"bridge\"?");
        assertThat(output.on("kube-system/a.b:")).contains("has a dot");
        assertThat(output.on("kube-system/loop")).contains("\"multus\"", "without end");
        assertThat(output.on("kube-system/old")).contains("\"0.2.0\"");
        assertThat(output.on("default/bare")).contains("\"spec.config\"", "/etc/cni/multus/net.d");
        assertThat(output.on("pod kube-system/amf-0"))
                .contains("10.0.0.9/24", "capability \"ips\"");
        assertThat(output.on("pod default/smf-0")).contains("default/absent", "not among");
    }

    @Test
    void a_default_network_with_keys_of_the_binary_alone_is_told_and_valid_all_the_same()
            throws IOException {
        CommandRun output =
                translate(
                        """
                        {"type": "multus", "delegates": [{"cniVersion": "1.0.0", "name": "m", "type": "bridge",
                                                          "bridge": "b", "ofTheBinary": true}]}
                        """);

        assertThat(output.on("\"ofTheBinary\"")).contains("it is unknown", "\"warn\"");
        assertThat(CommandRun.of("validate", write("patchbay.yaml", output.yaml())).out())
                .isEqualTo("the file is fine\n");
    }

    @Test
    void a_file_that_is_there_is_kept_without_force() throws IOException {
        String config =
                "{\"type\": \"multus\", \"delegates\": [{\"name\": \"m\", \"type\": \"flannel\"}]}";
        String target = write("patchbay.yaml", "threads: 3\n");

        CommandRun kept = translate(config, "--output", target);
        assertThat(kept.status()).isEqualTo(1);
        assertThat(kept.err()).contains(target, "--force");
        assertThat(Path.of(target)).hasContent("threads: 3");

        CommandRun forced = translate(config, "--output", target, "--force");
        assertThat(forced.status()).isZero();
        assertThat(forced.out()).contains("key \"delegates\"", target + " is written");
        assertThat(Path.of(target)).content().contains("flannel", "unknownKeys");
    }

    @Test
    void the_help_says_what_it_does() {
        assertThat(CommandRun.of("--help").out()).contains("import");
        assertThat(CommandRun.of("import", "--help").out()).contains("multus");
        assertThat(CommandRun.of("import", "multus", "--help").out())
                .contains("--networks", "--output", "--force", "daemon-config.json");
        assertThat(CommandRun.of("import").status()).isEqualTo(2);
    }
}
