"""Own the names of identifiers, so that a person's id is never passed where an account's is meant."""

from __future__ import annotations

from typing import NewType

#: A complex 小区, which is the tenant.
TenantId = NewType("TenantId", int)
DistrictId = NewType("DistrictId", int)
StreetId = NewType("StreetId", int)
CommunityId = NewType("CommunityId", int)

#: A human being or company on the roll.
PersonId = NewType("PersonId", int)
#: What a person signs in with.
AccountId = NewType("AccountId", int)

#: A part of a building 专有部分.
UnitId = NewType("UnitId", int)
#: The code of a unit on the frozen roll, as ``1-1-0201``.
UnitCode = NewType("UnitCode", str)
#: A frozen roll.
SnapshotId = NewType("SnapshotId", int)
#: A voter's place on the frozen roll, from 1.
VoterNumber = NewType("VoterNumber", int)

ElectionId = NewType("ElectionId", int)
#: The election's name in the cryptographic record.
ElectionUuid = NewType("ElectionUuid", str)
#: A trustee's place in one election, from 1.
TrusteeIndex = NewType("TrusteeIndex", int)
#: What a voter looks a ballot up by: 43 characters of base64.
Tracker = NewType("Tracker", str)

#: The name of a complex in addresses.
ComplexSlug = NewType("ComplexSlug", str)
#: 64 lower-case hexadecimal digits.
Sha256Hex = NewType("Sha256Hex", str)
