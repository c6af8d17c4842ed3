package io.berth.auth.problem;

import io.berth.auth.address.ForeignOrigin;
import io.berth.auth.address.PublicUrl;
import io.berth.auth.admin.AdministratorOnly;
import io.berth.auth.database.DatabaseUnavailable;
import io.berth.auth.desktop.EntryRefused;
import io.berth.auth.key.NoSigningKey;
import io.berth.auth.logout.LogoutTokenRefused;
import io.berth.auth.page.Page;
import io.berth.auth.page.Page.Next;
import io.berth.auth.provider.ProviderUnavailable;
import io.berth.auth.provider.SignInRefused;
import io.berth.common.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Turns failures into problems, and problems into pages for browsers. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  private static final String RETRY_AFTER_SECONDS = "5";

  private final PublicUrl publicUrl;
  private final HttpHeaders headers;

  public ProblemMapper(PublicUrl publicUrl, HttpHeaders headers) {
    this.publicUrl = publicUrl;
    this.headers = headers;
  }

  @Override
  public Response toResponse(Throwable failure) {
    Problem problem = problem(failure);
    Response.ResponseBuilder answer = wantsPage() ? page(failure, problem) : json(problem);
    if (failure instanceof EntryRefused) {
      // The address may still have the ticket in it.
      answer.header("Referrer-Policy", "no-referrer");
    }
    if (problem.status() == 503) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return answer.build();
  }

  private static Problem problem(Throwable failure) {
    return switch (failure) {
      case SignInRefused refused -> {
        LOG.infof("sign-in refused: %s", refused.getMessage());
        yield Problem.of(
            "sign-in-not-finished",
            "Sign-in was not finished",
            400,
            "This sign-in is too old, was already used, was cancelled, or began in another browser"
                + " or at another address.",
            "Sign in again.");
      }
      case ProviderUnavailable unavailable -> {
        LOG.warnf("sign-in not possible, identity provider: %s", unavailable.getMessage());
        yield Problem.of(
            "identity-provider-unavailable",
            "Sign-in is not possible right now",
            503,
            "The identity provider does not answer. Open desktops keep working.",
            "Try again in a moment; if it lasts, tell the administrator.");
      }
      case DatabaseUnavailable unavailable -> {
        LOG.warn(unavailable.getMessage());
        yield notReady();
      }
      case NoSigningKey noKey -> notReady();
      case ForeignOrigin foreign -> {
        LOG.infof("refused: %s", foreign.getMessage());
        yield Problem.of(
            "foreign-origin",
            "That did not come from Berth",
            403,
            "The request was sent by a page at another address.",
            "Do it from the portal, at the address that you signed in at.");
      }
      case AdministratorOnly refused when refused.isSignedIn() ->
          Problem.of(
              "administrators-only",
              "For administrators only",
              403,
              "Your account is not an administrator's.",
              "Ask an administrator.");
      case AdministratorOnly refused ->
          Problem.of(
              "not-signed-in",
              "Not signed in",
              401,
              "There is no login, or it has ended.",
              "Sign in and try again.");
      case EntryRefused refused -> {
        LOG.infof("entry to a desktop refused: %s", refused.getMessage());
        yield Problem.of(
            "desktop-not-entered",
            "This desktop was not opened",
            400,
            "The way to it was too old, was already used, or began in another browser or without"
                + " cookies.",
            "Open the desktop again.");
      }
      case LogoutTokenRefused refused -> {
        LOG.warnf("back-channel logout refused: %s", refused.getMessage());
        yield Problem.of(
            "logout-token-refused",
            "The logout token proves nothing",
            400,
            "The logout token was refused: " + refused.getMessage() + ".",
            "Check that this client's back-channel logout belongs to this provider.");
      }
      case WebApplicationException http -> ofStatus(http.getResponse().getStatus());
      default -> unexpected(failure);
    };
  }

  private static Problem notReady() {
    return Problem.of(
        "not-ready",
        "Sign-in is not ready",
        503,
        "The database does not answer. Open desktops keep working.",
        "Try again in a moment; if it lasts, tell the administrator.");
  }

  private static Problem ofStatus(int status) {
    Response.Status known = Response.Status.fromStatusCode(status);
    String reason = known == null ? "Request refused" : known.getReasonPhrase();
    return Problem.of(
        "http-" + status,
        reason,
        status,
        "This address does not take that request.",
        "Go to the front page.");
  }

  private static Problem unexpected(Throwable failure) {
    String incident = UUID.randomUUID().toString();
    LOG.errorf(failure, "unexpected failure, incident=%s", incident);
    return Problem.of(
        "unexpected",
        "Something went wrong",
        500,
        "It is in the log as incident " + incident + ".",
        "Try again; if it happens again, tell the administrator the incident.");
  }

  private boolean wantsPage() {
    return headers.getAcceptableMediaTypes().stream()
        .anyMatch(type -> !type.isWildcardType() && type.isCompatible(MediaType.TEXT_HTML_TYPE));
  }

  private Response.ResponseBuilder page(Throwable failure, Problem problem) {
    String text = problem.detail() + " " + problem.nextStep();
    return new Page(problem.title(), text, next(failure, problem)).answer(problem.status());
  }

  private Next next(Throwable failure, Problem problem) {
    if (failure instanceof EntryRefused refused) {
      return new Next.Link("Open the desktop", refused.again());
    }
    boolean signIn = problem.status() == 400 || problem.status() == 503;
    return signIn
        ? new Next.Link("Sign in again", publicUrl.of("/auth/login"))
        : new Next.Link("Front page", publicUrl.of("/"));
  }

  private static Response.ResponseBuilder json(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
  }
}
