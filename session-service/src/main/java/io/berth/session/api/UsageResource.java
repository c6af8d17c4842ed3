package io.berth.session.api;

import io.berth.common.LoginClaims;
import io.berth.session.identity.Caller;
import io.berth.session.problem.ProblemException;
import io.berth.session.problem.Problems;
import io.berth.session.usage.ReportUsage;
import io.berth.session.usage.ReportUsage.By;
import io.berth.session.usage.ReportUsage.Row;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Sessions and hours: to administrators everybody's, to a person their own. */
@Path("/api/v1/usage")
@Authenticated
@RunOnVirtualThread
public class UsageResource {

  private static final String CSV = "text/csv";
  private static final Duration USUAL = Duration.ofDays(30);

  private final Caller caller;
  private final ReportUsage reportUsage;

  UsageResource(Caller caller, ReportUsage reportUsage) {
    this.caller = caller;
    this.reportUsage = reportUsage;
  }

  /** The report. */
  public record Usage(Instant from, Instant to, String by, List<Row> rows) {}

  @GET
  @Produces({MediaType.APPLICATION_JSON, CSV})
  @Operation(
      summary = "Sessions and hours per person and desktop type; with Accept: text/csv as CSV",
      description =
          "from and to are ISO-8601 dates or times, the last 30 days if not given; by is person,"
              + " type or person-and-type. Hours in which a session was paused don't count.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Usage.class)))
  public Response report(
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("by") @DefaultValue("person-and-type") String by,
      @Context HttpHeaders headers) {
    Instant end = Times.parse("to", to).orElseGet(Instant::now);
    Instant begin = Times.parse("from", from).orElse(end.minus(USUAL));
    boolean all = caller.roles().contains(LoginClaims.ADMIN);
    List<Row> rows =
        reportUsage.report(begin, end, kind(by), all ? Optional.empty() : Optional.of(caller.id()));
    // Only who names it gets CSV: a browser's or a program's "anything" is JSON.
    return headers.getAcceptableMediaTypes().getFirst().toString().startsWith(CSV)
        ? csv(rows)
        : Response.ok(new Usage(begin, end, by, rows), MediaType.APPLICATION_JSON_TYPE).build();
  }

  private static Response csv(List<Row> rows) {
    String lines =
        rows.stream()
            .map(UsageResource::line)
            .collect(Collectors.joining("\r\n", "person,desktop type,sessions,hours\r\n", "\r\n"));
    return Response.ok(lines, CSV + ";charset=utf-8")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"usage.csv\"")
        .build();
  }

  /** Names in addresses and of types have no character that CSV would have to quote. */
  private static String line(Row row) {
    return String.format(
        Locale.ROOT,
        "%s,%s,%d,%.3f",
        Objects.requireNonNullElse(row.person(), ""),
        Objects.requireNonNullElse(row.desktopType(), ""),
        row.sessions(),
        row.hours());
  }

  private static By kind(String by) {
    return switch (by) {
      case "person" -> By.PERSON;
      case "type" -> By.TYPE;
      case "person-and-type" -> By.PERSON_AND_TYPE;
      default -> throw new ProblemException(Problems.badGrouping());
    };
  }
}
