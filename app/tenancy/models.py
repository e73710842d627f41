"""Own the tables of places: district, street, community, complex."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import GlobalRow


class District(GlobalRow):
    """Be a district (区), the widest place the platform serves."""

    __tablename__ = "districts"

    #: Name as residents say it, 「江夏区」.
    name: Mapped[str] = mapped_column(String(60), unique=True)


class Street(GlobalRow):
    """Be a street office (街道) of a district."""

    __tablename__ = "streets"
    __table_args__ = (UniqueConstraint("district_id", "name"),)

    #: The district it belongs to.
    district_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("districts.id"))
    #: Name, 「湖畔街道」.
    name: Mapped[str] = mapped_column(String(60))


class Community(GlobalRow):
    """Be a community (社区) with its residents' committee."""

    __tablename__ = "communities"
    __table_args__ = (UniqueConstraint("street_id", "name"),)

    #: The street it belongs to.
    street_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("streets.id"))
    #: Name, 「青岚社区」.
    name: Mapped[str] = mapped_column(String(60))
    #: Telephone number of its help line, shown on owner pages.
    help_phone: Mapped[str] = mapped_column(String(40), default="")


class Complex(GlobalRow):
    """Be a residential complex (小区), the tenant."""

    __tablename__ = "complexes"

    #: The community it belongs to.
    community_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("communities.id"))
    #: Name in URLs, lower-case letters, digits and hyphens.
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    #: Name as residents say it.
    name: Mapped[str] = mapped_column(String(60))
    #: Address line for notices.
    address: Mapped[str] = mapped_column(String(200), default="")
