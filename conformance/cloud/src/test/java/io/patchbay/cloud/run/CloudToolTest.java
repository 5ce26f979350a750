package io.patchbay.cloud.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

class CloudToolTest {
    private static ToolProvider tool() {
        return ServiceLoader.load(ToolProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(tool -> tool.name().equals("cloud"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itRunsUntilItIsEndedAndTellsAClientAllItNeeds() throws Exception {
        PipedReader said = new PipedReader();
        PrintWriter out = new PrintWriter(new PipedWriter(said));
        List<Integer> status = new ArrayList<>();
        Thread running =
                Thread.ofPlatform()
                        .start(() ->
                                status.add(
                                        tool().run(
                                                        out,
                                                        out,
                                                        "--vpc",
                                                        "10.0.0.0/16,2001:db8::/56",
                                                        "--subnet",
                                                        "10.0.0.0/24,2001:db8::/64@eu-west-1b",
                                                        "--instance-type",
                                                        "c5.4xlarge",
                                                        "--instances",
                                                        "2")));
        Map<String, String> told = told(new BufferedReader(said));
        assertThat(told).containsEntry("AWS_REGION", "eu-west-1");
        try (Ec2Client client = client(told);
                InstanceProfileCredentialsProvider role =
                        InstanceProfileCredentialsProvider.builder()
                                .endpoint(told.get("AWS_EC2_METADATA_SERVICE_ENDPOINT"))
                                .build()) {
            assertThat(client.describeInstances().reservations()).hasSize(2);
            assertThat(client.describeSubnets().subnets().getFirst().availabilityZone())
                    .isEqualTo("eu-west-1b");
            assertThat(client.describeVpcs().vpcs().getFirst().ipv6CidrBlockAssociationSet())
                    .extracting(block -> block.ipv6CidrBlock())
                    .containsExactly("2001:db8::/56");
            assertThat(client.describeNetworkInterfaces().networkInterfaces())
                    .allSatisfy(eni -> assertThat(eni.ipv6Addresses()).hasSize(1));
            assertThat(role.resolveCredentials().accessKeyId()).startsWith("ASIA");
        }
        running.interrupt();
        running.join();
        assertThat(status).containsExactly(0);
    }

    private static Ec2Client client(Map<String, String> told) {
        return Ec2Client.builder()
                .region(Region.of(told.get("AWS_REGION")))
                .endpointOverride(URI.create(told.get("AWS_ENDPOINT_URL_EC2")))
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(
                                        told.get("AWS_ACCESS_KEY_ID"),
                                        told.get("AWS_SECRET_ACCESS_KEY"))))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /// Until the second instance's metadata, the last that is told.
    private static Map<String, String> told(BufferedReader lines) throws IOException {
        Map<String, String> told = new HashMap<>();
        int instances = 0;
        while (instances < 2) {
            String line = lines.readLine();
            instances += line.contains("METADATA") ? 1 : 0;
            String[] pair = line.replaceFirst("^# \\S+ ", "").split("=", 2);
            told.put(pair[0], pair.length > 1 ? pair[1] : "");
        }
        return told;
    }

    @Test
    void whatItCannotCarryOutItNames() {
        StringWriter said = new StringWriter();
        PrintWriter err = new PrintWriter(said);
        assertThat(tool().run(err, err, "--instance-type", "m5.nano")).isEqualTo(2);
        assertThat(tool().run(err, err, "--subnet", "10.0.0.300/24")).isEqualTo(2);
        err.flush();
        assertThat(said.toString()).contains("m5.nano").contains("10.0.0.300");
    }
}
