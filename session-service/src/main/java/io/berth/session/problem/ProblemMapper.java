package io.berth.session.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.berth.common.Problem;
import io.berth.session.container.RuntimeUnavailable;
import io.berth.session.database.DatabaseUnavailable;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where exceptions become problems. */
public class ProblemMapper {

  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  private static final String RETRY_SECONDS = "2";

  @ServerExceptionMapper
  public Response problem(ProblemException e) {
    Response answer = answer(e.problem());
    e.retryAfter()
        .ifPresent(time ->
            answer
                .getHeaders()
                .putSingle(HttpHeaders.RETRY_AFTER, Long.toString(time.toSeconds())));
    return answer;
  }

  @ServerExceptionMapper
  public Response database(DatabaseUnavailable e) {
    return answer(Problems.databaseDown());
  }

  @ServerExceptionMapper
  public Response engine(RuntimeUnavailable e) {
    return answer(Problems.engineDown());
  }

  @ServerExceptionMapper(priority = 1)
  public Response mismatch(MismatchedInputException e) {
    return answer(Problems.badRequest("The JSON has not the fields that this call needs."));
  }

  @ServerExceptionMapper(priority = 1)
  public Response json(JsonProcessingException e) {
    return answer(Problems.badRequest("The body is not JSON."));
  }

  @ServerExceptionMapper(priority = 1)
  public Response invalid(ConstraintViolationException e) {
    return answer(
        Problems.badRequest(
            e.getConstraintViolations().stream()
                .map(each ->
                    "%s %s."
                        .formatted(lastPart(each.getPropertyPath().toString()), each.getMessage()))
                .sorted()
                .reduce("", (one, other) -> one.isEmpty() ? other : one + " " + other)));
  }

  @ServerExceptionMapper(priority = 1)
  public Response notSignedIn(UnauthorizedException e) {
    return answer(Problems.notSignedIn());
  }

  @ServerExceptionMapper(priority = 1)
  public Response badToken(AuthenticationFailedException e) {
    return answer(Problems.notSignedIn());
  }

  @ServerExceptionMapper(priority = 1)
  public Response notAllowed(ForbiddenException e) {
    return answer(Problems.notAllowed());
  }

  @ServerExceptionMapper(priority = 1)
  public Response notFound(NotFoundException e) {
    return answer(Problems.notFound());
  }

  @ServerExceptionMapper(priority = 1)
  public Response web(WebApplicationException e) {
    Throwable cause = e.getCause();
    if (cause instanceof JsonProcessingException json) {
      return json(json);
    }
    int status = e.getResponse().getStatus();
    return status == 400
        ? answer(Problems.badRequest("The request is not what this call takes."))
        : answer(Problems.http(status, e.getResponse().getStatusInfo().getReasonPhrase()));
  }

  @ServerExceptionMapper
  public Response defect(Exception e) {
    LOG.error("a request failed for a reason that nobody foresaw", e);
    return answer(Problems.defect());
  }

  private static Response answer(Problem problem) {
    Response.ResponseBuilder response =
        Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    if (problem.status() == 503) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
    if (problem.status() == 401) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    return response.build();
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
