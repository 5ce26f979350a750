package io.patchbay.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;

class SignatureTest {
    private final TestEc2 cloud = new TestEc2("m5.large");

    @AfterEach
    void close() {
        cloud.close();
    }

    private Refused refusal(String region, Credential credential) {
        try (Ec2Client client = cloud.client(region, credential)) {
            return Refused.by(client::describeVpcs);
        }
    }

    /// The JDK's client keeps the body of a 401 to itself when it has streamed a request, so that
    /// the SDK over it tells no code. {@link #whatIsNotSignedIsRefused} reads it.
    private void isNobodys(String region, Credential credential) {
        assertThat(refusal(region, credential).status()).isEqualTo(401);
    }

    private static Credential changed(Credential credential, String key, String secret) {
        return new Credential(key, secret, credential.token(), credential.expiration());
    }

    @Test
    void sessionsAndUsersMayCall() {
        for (Credential credential :
                new Credential[] {cloud.keys.user(), cloud.keys.session(Duration.ofHours(1))}) {
            try (Ec2Client client = cloud.client(TestEc2.REGION, credential)) {
                assertThat(client.describeVpcs().vpcs()).hasSize(1);
            }
        }
    }

    @Test
    void theWrongRegionIsRefused() {
        isNobodys("us-east-1", cloud.keys.user());
    }

    @Test
    void anUnknownKeyIsRefused() {
        Credential user = cloud.keys.user();
        isNobodys(TestEc2.REGION, changed(user, "AKIANOBODY", user.secretAccessKey()));
    }

    @Test
    void anotherSecretIsRefused() {
        Credential user = cloud.keys.user();
        assertThat(refusal(TestEc2.REGION, changed(user, user.accessKeyId(), "guessed")).code())
                .isEqualTo("SignatureDoesNotMatch");
    }

    @Test
    void aSessionWithoutItsTokenIsRefused() {
        Credential session = cloud.keys.session(Duration.ofHours(1));
        isNobodys(
                TestEc2.REGION,
                new Credential(
                        session.accessKeyId(),
                        session.secretAccessKey(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void aSessionEnds() {
        Credential session = cloud.keys.session(Duration.ofMinutes(1));
        cloud.clock.move(Duration.ofMinutes(2));
        assertThat(refusal(TestEc2.REGION, session).code()).isEqualTo("RequestExpired");
    }

    @Test
    void aClockThatIsWrongIsRefused() {
        cloud.clock.move(Duration.ofMinutes(10));
        assertThat(refusal(TestEc2.REGION, cloud.keys.user()).code()).isEqualTo("RequestExpired");
    }

    @Test
    void whatIsNotSignedIsRefused() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(URI.create(cloud.endpoint + "/"))
                                    .POST(BodyPublishers.ofString("Action=DescribeVpcs"))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("<Code>AuthFailure</Code>");
        }
    }
}
