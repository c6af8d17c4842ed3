package io.berth.auth.address;

import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Tells what a page at the public address asks for from what another site has a browser ask. */
@ApplicationScoped
public class OwnPage {

  private final PublicUrl publicUrl;

  public OwnPage(PublicUrl publicUrl) {
    this.publicUrl = publicUrl;
  }

  /**
   * Browsers send Origin with each POST; where a page's policy made it null, they say the site.
   *
   * @param origin header Origin
   * @param site header Sec-Fetch-Site
   * @throws ForeignOrigin if neither vouches for it
   */
  public void require(@Nullable String origin, @Nullable String site) {
    boolean unsaid = origin == null || origin.equals("null");
    if (unsaid ? !"same-origin".equals(site) : !publicUrl.origin().equals(origin)) {
      throw new ForeignOrigin();
    }
  }
}
