package import NginxSyntax

/// The addresses that names have at one time.
package struct EndpointZone: Sendable, Hashable {
    package struct Record: Sendable, Hashable {
        /// In the order of the answer; one that is there twice is answered once.
        package var addresses: [IPAddress]
        /// In seconds.
        ///
        /// nginx asks again one second after it has passed.
        package var timeToLive: UInt32

        package init(addresses: [IPAddress], timeToLive: UInt32) {
            self.addresses = addresses
            self.timeToLive = timeToLive
        }
    }

    package var records: [EndpointName: Record]

    package init(records: [EndpointName: Record] = [:]) {
        self.records = records
    }
}
