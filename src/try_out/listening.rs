//! The addresses at which the processes of a container listen, from `/proc/net/tcp` and `/proc/net/tcp6`.

use crate::order::Order;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The state of a socket that listens. Source: `TCP_LISTEN` in the kernel's `include/net/tcp_states.h`.
const LISTEN: &str = "0A";

/// More than this is not an app.
const MOST: usize = 256;

/// Docker's own resolver inside containers. Source: <https://docs.docker.com/engine/network/#dns-services>.
const RESOLVER: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 11));

/// The addresses in a table of the kernel, sorted.
pub(super) fn addresses(table: &str) -> Vec<SocketAddr> {
    let mut found: Vec<SocketAddr> = table.lines().filter_map(address).take(MOST).collect();
    found.retain(|address| address.ip() != RESOLVER);
    found.order();
    found.dedup();
    found
}

fn address(line: &str) -> Option<SocketAddr> {
    let mut words = line.split_ascii_whitespace();
    let local = words.nth(1)?;
    words.nth(1).filter(|state| *state == LISTEN)?;
    let (ip, port) = local.split_once(':')?;
    Some(SocketAddr::new(ip_of(ip)?, u16::from_str_radix(port, 16).ok()?))
}

/// An address in groups of four bytes, each in the order of the processor.
fn ip_of(text: &str) -> Option<IpAddr> {
    let groups: Option<Vec<u32>> =
        text.as_bytes().chunks(8).map(|group| u32::from_str_radix(std::str::from_utf8(group).ok()?, 16).ok()).collect();
    let bytes: Vec<u8> = groups?.into_iter().flat_map(u32::to_ne_bytes).collect();
    match *bytes.as_slice() {
        [a, b, c, d] => Some(Ipv4Addr::new(a, b, c, d).into()),
        _ => {
            let bytes: [u8; 16] = bytes.try_into().ok()?;
            let ip = Ipv6Addr::from(bytes);
            Some(ip.to_ipv4_mapped().map_or(ip.into(), IpAddr::from))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_endian = "little")]
    fn only_sockets_that_listen_count() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue
   0: 00000000:1EB4 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000
   1: 0100007F:1F90 00000000:0000 0A 00000000:00000000
   2: 0100007F:1F91 0100007F:AAAA 01 00000000:00000000
   3: 0B00007F:9D8B 00000000:0000 0A 00000000:00000000
   0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A
   1: 00000000000000000000000001000000:1F40 00000000000000000000000000000000:0000 0A
   nonsense";
        let shown: Vec<String> = addresses(table).iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["0.0.0.0:7860", "127.0.0.1:8080", "[::]:80", "[::1]:8000"]);
    }
}
