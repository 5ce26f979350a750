package io.patchbay.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.suite.cni.CniProfile;
import io.patchbay.suite.network.NetworkProfile;
import io.patchbay.suite.row.Row;
import io.patchbay.suite.row.Rows;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowsAndChecksTest {
    @Test
    void the_list_has_every_number_once_and_in_order() {
        assertThat(Rows.all().stream().map(Row::number).filter(row -> row.startsWith("C")))
                .isEqualTo(IntStream.rangeClosed(1, 102).mapToObj(n -> "C" + n).toList());
        assertThat(Rows.all().stream().map(Row::number).filter(row -> row.startsWith("N")))
                .isEqualTo(IntStream.rangeClosed(1, 33).mapToObj(n -> "N" + n).toList());
    }

    @Test
    void each_row_has_a_source_and_a_sentence() {
        assertThat(Rows.all())
                .allSatisfy(row -> {
                    assertThat(row.source()).matches("(CNI|NPWG) .+");
                    assertThat(row.sentence()).matches("\\S.+\\S");
                });
    }

    @Test
    void each_row_of_the_cni_profile_is_checked_or_told_why_not_and_each_check_has_a_row() {
        List<String> rows = CniProfile.rows().stream().map(Row::number).toList();

        assertThat(CniProfile.checks().numbers()).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void each_row_of_the_multi_network_profile_is_checked_or_told_why_not() {
        List<String> rows = NetworkProfile.rows().stream().map(Row::number).toList();

        assertThat(NetworkProfile.checks().numbers()).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(rows).containsSubsequence("N1", "N10", "N33", "C8", "C90");
    }
}
