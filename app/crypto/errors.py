"""Own the named errors of the ballot protocol; each has a stable code and belongs to one family of ``app.errors``.

``Malformed`` errors say that bytes do not have the required form; ``VerificationFailed`` errors say that a well-formed
object is not true.
"""

from __future__ import annotations

from app.errors import Malformed, RuleBroken, VerificationFailed

# --- form -----------------------------------------------------------------------------------------------------------


class NotJson(Malformed):
    """Say that the bytes are not UTF-8 JSON."""

    code = "not_json"


class Oversize(Malformed):
    """Say that the object is longer than any honest one can be."""

    code = "oversize"


class NotCanonical(Malformed):
    """Say that the bytes differ from their own canonical serialisation."""

    code = "not_canonical"


class WrongShape(Malformed):
    """Say that a field is missing, superfluous, out of order, of another type, or a list has another length."""

    code = "wrong_shape"


class ScalarOutOfRange(Malformed):
    """Say that an integer modulo q is not in [0, q)."""

    code = "scalar_out_of_range"


class UnknownGroup(Malformed):
    """Say that the named group is none of the suites this program was built with."""

    code = "unknown_group"


class BadArchive(Malformed):
    """Say that an archive is not byte for byte what the format prescribes."""

    code = "bad_archive"


class BadKeyFile(Malformed):
    """Say that a trustee's key file cannot be opened with this passphrase for this election."""

    code = "bad_key_file"


class BadHints(Malformed):
    """Say that kept commitments do not have the length the election prescribes."""

    code = "bad_hints"


# --- the maker's own mistakes ---------------------------------------------------------------------------------------


class IllegalChoice(RuleBroken):
    """Say that a choice is not one the question allows."""

    code = "illegal_choice"


# --- truth ----------------------------------------------------------------------------------------------------------


class WrongElection(VerificationFailed):
    """Say that the ballot names another election's uuid."""

    code = "wrong_election"


class WrongFingerprint(VerificationFailed):
    """Say that the ballot was made for other election.json bytes."""

    code = "wrong_fingerprint"


class ElementNotInGroup(VerificationFailed):
    """Say that a number is not a member of the prime-order group."""

    code = "element_not_in_group"


class IdentityElement(VerificationFailed):
    """Say that a key or an alpha is the identity, which would make a secret public."""

    code = "identity_element"


class BadIndividualProof(VerificationFailed):
    """Say that one answer is not proved to be 0 or 1."""

    code = "bad_individual_proof"


class BadOverallProof(VerificationFailed):
    """Say that the number of marked answers is not proved to be legal."""

    code = "bad_overall_proof"


class BadBlankProof(VerificationFailed):
    """Say that the blank choice is not proved to exclude all answers."""

    code = "bad_blank_proof"


class BadHash(VerificationFailed):
    """Say that the signed hash is not the hash of the ballot without its signature."""

    code = "bad_hash"


class BadSignature(VerificationFailed):
    """Say that the credential did not sign this ballot."""

    code = "bad_signature"


class BadPossession(VerificationFailed):
    """Say that whoever enrols a credential did not prove to hold its secret."""

    code = "bad_possession"


class BatchFailed(VerificationFailed):
    """Say that a box of ballots is not valid as a whole; ``values['ballots']`` names each bad one with its code."""

    code = "batch_failed"


class BadCertificate(VerificationFailed):
    """Say that a trustee's first message is not signed by the key it announces, or is for another place."""

    code = "bad_certificate"


class BadCoefficients(VerificationFailed):
    """Say that a trustee's second message is not signed, or not over the agreed certificates."""

    code = "bad_coefficients"


class BadShare(VerificationFailed):
    """Say that a secret share does not open, or does not lie on the announced polynomial."""

    code = "bad_share"


class BadVerificationKey(VerificationFailed):
    """Say that a trustee's third message does not follow from the polynomials, or lacks its proof."""

    code = "bad_verification_key"


class BadTrustees(VerificationFailed):
    """Say that the trustees together do not make the election's public key."""

    code = "bad_trustees"


class BadPartialDecryption(VerificationFailed):
    """Say that a decryption factor is not proved to be made with the trustee's share."""

    code = "bad_partial_decryption"


class NotEnoughTrustees(VerificationFailed):
    """Say that fewer partial decryptions are present than the threshold."""

    code = "not_enough_trustees"


class DiscreteLogOutOfRange(VerificationFailed):
    """Say that a decrypted total is larger than the weight that voted."""

    code = "discrete_log_out_of_range"


class RepeatedCiphertext(VerificationFailed):
    """Say that a ballot holds a ciphertext that is already in the box: a copy of somebody's ballot, or of one's own."""

    code = "repeated_ciphertext"


class UnlistedCredential(VerificationFailed):
    """Say that a ballot's credential is not in the published list."""

    code = "unlisted_credential"
