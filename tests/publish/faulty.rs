//! What the real clients do when something goes wrong: a measure for ours.

use crate::clients::{hf, hub_js};
use crate::hub::{Action, Fault, Script};

#[test]
#[ignore = "needs the clients that tests/publish/run installs"]
fn hf_uploads_again_what_was_cut_or_refused_for_a_moment() {
    let script = Script::paid()
        .fault(Fault::new("PUT", "/objects/", Action::DropAfter(1000)).after(1))
        .fault(Fault::status("PUT", "/objects/", 503).times(2))
        .fault(Fault::too_many("POST", "/preupload/", 1));
    let (hub, said) = hf(script);
    said.unwrap();
    let faults = hub.log().entries().into_iter().filter(|entry| entry.fault).count();
    assert_eq!(faults, 4);
    assert_eq!(hub.log().refused(), [""; 0]);
}

#[test]
#[ignore = "needs the clients that tests/publish/run installs"]
fn neither_client_sends_a_commit_again() {
    for client in [hf, hub_js] {
        let (hub, said) = client(Script::paid().fault(Fault::new("POST", "/commit/", Action::Lost)));
        said.unwrap_err();
        assert_eq!(hub.space("tester/my-space").unwrap().commits.len(), 2);
    }
}

#[test]
#[ignore = "needs the clients that tests/publish/run installs"]
fn both_clients_follow_a_redirect_and_leave_the_token_behind() {
    for client in [hf, hub_js] {
        let fault = Fault::new("POST", "/preupload/", Action::Redirect { status: 307 });
        let (hub, said) = client(Script::paid().fault(fault));
        said.unwrap_err();
        let last = hub.log().entries().pop().unwrap();
        assert_eq!((last.host, last.head.header("authorization")), (crate::hub::Host::Elsewhere, None));
        assert_eq!(hub.log().refused(), [""; 0]);
    }
}

#[test]
#[ignore = "needs the clients that tests/publish/run installs"]
fn hf_looks_for_the_space_when_it_may_not_make_one() {
    // The first time the Space is made; then it is there, and the account has another plan
    let fault = Fault::error("POST", "/repos/create", 402, "requires a PRO subscription").after(1).times(u32::MAX);
    let (hub, said) = hf(Script::paid().fault(fault));
    said.unwrap();
    let calls = hub.log().calls();
    let create = calls.iter().rposition(|call| call == "POST /api/repos/create").unwrap();
    assert_eq!(calls[create + 1], "GET /api/spaces/tester/my-space");
    let (hub, said) = hf(Script::free());
    assert!(
        said.unwrap_err().contains("hosting Gradio and Docker Spaces on free cpu-basic requires a PRO subscription")
    );
    assert_eq!(hub.log().refused(), [""; 0]);
}
