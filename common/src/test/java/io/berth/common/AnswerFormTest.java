package io.berth.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerFormTest {

  @Test
  void aNavigationGetsAPageWhateverItAccepts() {
    assertThat(AnswerForm.of("navigate", "*/*")).isEqualTo(AnswerForm.PAGE);
    assertThat(AnswerForm.of("navigate", null)).isEqualTo(AnswerForm.PAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cors", "no-cors", "same-origin", "websocket"})
  void aScriptOrAnImageGetsAProblemWhateverItAccepts(String mode) {
    assertThat(AnswerForm.of(mode, "text/html")).isEqualTo(AnswerForm.PROBLEM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "TEXT/HTML ; q=0.9, */*;q=0.8",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/html,*/*",
        "text/*, application/json;q=0.5",
        "application/json;q=0.4, text/html;q=0.5",
        "*/*;q=1, application/*;q=0.1, text/html;q=0.2",
        "text/html;q=0.001"
      })
  void whoeverNamesAPageAndWantsItMostGetsOne(String accept) {
    assertThat(AnswerForm.of(null, accept)).isEqualTo(AnswerForm.PAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "application/json",
        "application/problem+json, text/html;q=0.9",
        "text/html;q=0.4, application/json;q=0.5",
        "text/html;q=0",
        "text/html;q=0, */*",
        "text/html;q=2",
        "text/html;q=x",
        "application/json, text/plain, */*",
        "text/html;q=0.2, */*",
        "text/htmlx",
        ",;,q=1;"
      })
  void everybodyElseGetsAProblem(String accept) {
    assertThat(AnswerForm.of(null, accept)).isEqualTo(AnswerForm.PROBLEM);
  }

  @Test
  void whoNamesNothingGetsAProblem() {
    assertThat(AnswerForm.of(null, null)).isEqualTo(AnswerForm.PROBLEM);
  }

  @Test
  void aVeryLongListIsNotReadToItsEnd() {
    assertThat(AnswerForm.of(null, "a/b,".repeat(1_000) + "text/html"))
        .isEqualTo(AnswerForm.PROBLEM);
  }
}
