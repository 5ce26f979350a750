package io.patchbay.meta.cni;

import static io.patchbay.meta.cni.Refusals.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.ErrorCode;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CniReplyTest {
    @Test
    @DisplayName("rows 15, 30, 93: success is status 0 with the result in the version asked in")
    void successIsStatusZeroWithTheResult() {
        CniReply reply = CniReply.success(CniResult.EMPTY, CniVersion.V0_4_0);

        assertThat(reply.status()).isZero();
        assertThat(text(reply)).isEqualTo(json("{'cniVersion':'0.4.0','dns':{}}"));
    }

    @Test
    @DisplayName("rows 43, 56, 70: a verb that prints nothing prints nothing")
    void aVerbThatPrintsNothingPrintsNothing() {
        assertThat(CniReply.empty().status()).isZero();
        assertThat(CniReply.empty().body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {'cniVersion': '0.4.0'} | '0.4.0'
                    {'cniVersion': '0.1.0'} | '0.1.0'
                    {}                      | '1.1.0'
                    junk                    | '1.1.0'
                    """)
    @DisplayName("row 64: VERSION echoes the version it was asked in, and lists those spoken")
    void versionEchoesTheVersionItWasAskedIn(String stdin, String echoed) {
        CniRequest request =
                RequestDecoder.decode(
                        Map.of("CNI_COMMAND", "VERSION"), json(stdin).getBytes(UTF_8));

        assertThat(text(CniReply.version(request)))
                .isEqualTo(
                        json(
                                "{'cniVersion':%s,'supportedVersions':['0.3.1','0.4.0','1.0.0','1.1.0']}"
                                        .formatted(echoed)));
        assertThat(CniReply.version(request).status()).isZero();
    }

    @Test
    @DisplayName("rows 15, 16: a refusal is status 1 with version, code, sentence and details")
    void aRefusalIsStatusOneWithVersionCodeSentenceAndDetails() {
        var plain = new CniException(Standard.TRY_AGAIN_LATER, "the pool is \"empty\"");
        var detailed = new CniException(ErrorCode.of(123), "no", "because\nof it");

        assertThat(CniReply.failure(plain, CniVersion.V1_0_0).status()).isEqualTo(1);
        assertThat(text(CniReply.failure(plain, CniVersion.V1_0_0)))
                .isEqualTo(
                        "{\"cniVersion\":\"1.0.0\",\"code\":11,\"msg\":\"the pool is \\\"empty\\\"\"}");
        assertThat(text(CniReply.failure(detailed, CniVersion.V1_1_0)))
                .isEqualTo(
                        "{\"cniVersion\":\"1.1.0\",\"code\":123,\"msg\":\"no\",\"details\":\"because\\nof it\"}");
    }

    @Test
    @DisplayName("row 26: anything else is a bug, code 999, with its class and message")
    void anythingElseIsABug() {
        assertThat(text(CniReply.failure(new IllegalStateException("odd"), CniVersion.V1_1_0)))
                .isEqualTo(
                        json(
                                "{'cniVersion':'1.1.0','code':999,'msg':'a bug in Patchbay: java.lang.IllegalStateException: odd'}"));
    }

    private static String text(CniReply reply) {
        return new String(reply.body(), UTF_8).strip();
    }
}
